/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-import-private.h"

struct _StallImportSample
{
  GObject parent_instance;

  char *title;
  char *detail;
  char *value;
};

G_DEFINE_FINAL_TYPE (StallImportSample, stall_import_sample, G_TYPE_OBJECT)

static void
stall_import_sample_finalize (GObject *object)
{
  StallImportSample *self = STALL_IMPORT_SAMPLE (object);

  g_free (self->title);
  g_free (self->detail);
  g_free (self->value);
  G_OBJECT_CLASS (stall_import_sample_parent_class)->finalize (object);
}

static void
stall_import_sample_class_init (StallImportSampleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_import_sample_finalize;
}

static void
stall_import_sample_init (StallImportSample *self)
{
}

StallImportSample *
stall_import_sample_new (const char *title, const char *detail, const char *value)
{
  StallImportSample *self = g_object_new (STALL_TYPE_IMPORT_SAMPLE, NULL);

  self->title = g_strdup (title);
  self->detail = g_strdup (detail);
  self->value = g_strdup (value);
  return self;
}

const char *
stall_import_sample_get_title (StallImportSample *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT_SAMPLE (self), NULL);
  return self->title;
}

const char *
stall_import_sample_get_detail (StallImportSample *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT_SAMPLE (self), NULL);
  return self->detail;
}

const char *
stall_import_sample_get_value (StallImportSample *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT_SAMPLE (self), NULL);
  return self->value;
}
