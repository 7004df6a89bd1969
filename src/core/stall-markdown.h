/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What a note's Markdown says, as a flat list of blocks from top to bottom, one widget each. A
 * product is written `[name](product:ID)`, a picture of the note `![alt](name)`. Raw HTML and
 * pictures from elsewhere are text: nothing is ever fetched. */

#define STALL_MARKDOWN_MAX_BYTES (5 * 1024 * 1024)
#define STALL_MARKDOWN_MAX_BLOCKS 20000
#define STALL_MARKDOWN_MAX_DEPTH 16

typedef enum
{
  STALL_BLOCK_PARAGRAPH,
  STALL_BLOCK_HEADING, /* `level` */
  STALL_BLOCK_PICTURE, /* `target` is the attachment's name, `text` its alt text */
  STALL_BLOCK_PRODUCT, /* a product alone in its paragraph; `target` is "product:…", `text` a name
                        */
  STALL_BLOCK_CODE,
  STALL_BLOCK_RULE,
} StallBlockType;

typedef enum
{
  STALL_RUN_BOLD = 1 << 0,
  STALL_RUN_ITALIC = 1 << 1,
  STALL_RUN_CODE = 1 << 2,
  STALL_RUN_LINK = 1 << 3,    /* `target` is an address, http or https */
  STALL_RUN_PRODUCT = 1 << 4, /* `target` is "product:…" */
} StallRunStyle;

/* A stretch of a block's text that looks the same; plain stretches have no run. */
typedef struct
{
  guint start; /* bytes into the block's text */
  guint end;
  StallRunStyle style;
  char *target; /* NULL: none */
} StallMarkdownRun;

typedef struct
{
  StallBlockType type;
  int level;    /* of a heading, 1 … 6 */
  int quote;    /* how many quotes it stands in */
  int indent;   /* how many lists it stands in */
  char *marker; /* “•”, “3.”: the block begins a list item; NULL: it does not */
  char *text;   /* no markup, UTF-8, may have line breaks */
  char *target; /* of a picture or product */
  GArray *runs; /* StallMarkdownRun, in order, never overlapping */
  int line;     /* where it begins in the source, from 1 */
} StallMarkdownBlock;

#define STALL_TYPE_MARKDOWN (stall_markdown_get_type ())
typedef struct _StallMarkdown StallMarkdown;
GType stall_markdown_get_type (void);

StallMarkdown *stall_markdown_parse (const char *text, GError **error);
GStrv stall_markdown_find_products (const char *text); /* "product:…", each once */
StallMarkdown *stall_markdown_ref (StallMarkdown *self);
void stall_markdown_unref (StallMarkdown *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallMarkdown, stall_markdown_unref)

guint stall_markdown_get_n_blocks (const StallMarkdown *self);
const StallMarkdownBlock *stall_markdown_get_block (const StallMarkdown *self, guint index);
gboolean stall_markdown_get_truncated (const StallMarkdown *self); /* more blocks than the limit */
GStrv stall_markdown_dup_pictures (const StallMarkdown *self);     /* names, each once */
char *stall_markdown_dup_text (const StallMarkdown *self);         /* a line a block, no markup */
char *stall_markdown_dup_excerpt (const StallMarkdown *self, guint n_characters);
guint stall_markdown_count_words (const StallMarkdown *self);

/* Characters of Chinese and Japanese, words of everything else. */
guint stall_text_count_words (const char *text);

char *stall_markdown_write_product (const char *name, const char *product_id);
char *stall_markdown_write_picture (const char *alt, const char *name);

G_END_DECLS
