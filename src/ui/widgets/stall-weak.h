/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What a fiber is handed when it must not keep a widget alive across an await. */
static inline GWeakRef *
stall_weak_new (gpointer object)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, object);
  return weak;
}

static inline void
stall_weak_free (gpointer weak)
{
  g_weak_ref_clear ((GWeakRef *) weak);
  g_free (weak);
}

G_END_DECLS
