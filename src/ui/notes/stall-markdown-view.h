/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-markdown.h"
#include "stall-note.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* Markdown as it will be read: one widget a block, pictures and products among them. Cheap to give
 * a new text on every pause of typing: blocks that did not change keep their widgets.
 * Signal: product-activated (const char *product_id). */
#define STALL_TYPE_MARKDOWN_VIEW (stall_markdown_view_get_type ())
G_DECLARE_FINAL_TYPE (StallMarkdownView, stall_markdown_view, STALL, MARKDOWN_VIEW, GtkWidget)

GtkWidget *stall_markdown_view_new (StallStore *store);
void stall_markdown_view_set_store (StallMarkdownView *self, StallStore *store);
/* @note says which attachment a picture's name means. */
void stall_markdown_view_show (StallMarkdownView *self, StallMarkdown *markdown, StallNote *note);

G_END_DECLS
