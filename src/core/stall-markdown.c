/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-markdown.h"

#include "stall-error.h"

#include <cmark.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define PRODUCT "product:"

struct _StallMarkdown
{
  gatomicrefcount count; /* read in one thread, shown in another */
  GPtrArray *blocks;     /* StallMarkdownBlock */
  gboolean truncated;
};

G_DEFINE_BOXED_TYPE (StallMarkdown, stall_markdown, stall_markdown_ref, stall_markdown_unref)

/* The walk through what cmark read: no recursion, so no depth of nesting can exhaust the stack. */
typedef struct
{
  StallMarkdown *markdown;
  StallMarkdownBlock *block; /* the one that text goes to; NULL: none yet */
  GString *text;             /* of that block */
  GArray *lists;             /* List */
  int quote;
  int bold;
  int italic;
  char *target; /* of the link that encloses what is read */
  StallRunStyle link;
  gboolean begins_item;
  int line;
  StallBlockType type;
  int level;
} Walk;

typedef struct
{
  int next; /* number of the next item; -1: bullets */
} List;

static void
run_clear (StallMarkdownRun *run)
{
  g_free (run->target);
}

static void
block_free (StallMarkdownBlock *block)
{
  g_free (block->marker);
  g_free (block->text);
  g_free (block->target);
  g_clear_pointer (&block->runs, g_array_unref);
  g_free (block);
}

static StallMarkdownBlock *
block_new (StallBlockType type)
{
  StallMarkdownBlock *block = g_new0 (StallMarkdownBlock, 1);

  block->type = type;
  block->runs = g_array_new (FALSE, FALSE, sizeof (StallMarkdownRun));
  g_array_set_clear_func (block->runs, (GDestroyNotify) run_clear);
  return block;
}

/* --- what a link or picture leads to --- */

static gboolean
is_web_address (const char *url)
{
  return g_ascii_strncasecmp (url, "https://", 8) == 0
         || g_ascii_strncasecmp (url, "http://", 7) == 0;
}

static gboolean
is_product (const char *url)
{
  return g_str_has_prefix (url, PRODUCT) && url[strlen (PRODUCT)] != '\0';
}

/* The name of an attachment: no scheme, no path. Spaces and brackets may be written as %20. */
static char *
attachment_name (const char *url)
{
  g_autofree char *name = g_uri_unescape_string (url, "/");

  if (name == NULL || *name == '\0' || strpbrk (name, "/\\:") != NULL
      || !g_utf8_validate (name, -1, NULL))
    return NULL;
  return g_steal_pointer (&name);
}

/* --- building blocks --- */

static char *
take_marker (Walk *self)
{
  List *list;

  if (!self->begins_item || self->lists->len == 0)
    return NULL;
  self->begins_item = FALSE;
  list = &g_array_index (self->lists, List, self->lists->len - 1);
  if (list->next < 0)
    return g_strdup ("•");
  return g_strdup_printf ("%d.", list->next++);
}

static StallMarkdownBlock *
add_block (Walk *self, StallBlockType type)
{
  StallMarkdownBlock *block;

  if (self->markdown->blocks->len >= STALL_MARKDOWN_MAX_BLOCKS)
    {
      self->markdown->truncated = TRUE;
      return NULL;
    }
  block = block_new (type);
  block->quote = MIN (self->quote, STALL_MARKDOWN_MAX_DEPTH);
  block->indent = MIN ((int) self->lists->len, STALL_MARKDOWN_MAX_DEPTH);
  block->line = self->line;
  block->marker = take_marker (self);
  g_ptr_array_add (self->markdown->blocks, block);
  return block;
}

/* A product that stands alone is a card. */
static void
make_product_card (StallMarkdownBlock *block)
{
  StallMarkdownRun *run;

  if (block->type != STALL_BLOCK_PARAGRAPH || block->runs->len != 1)
    return;
  run = &g_array_index (block->runs, StallMarkdownRun, 0);
  if (!(run->style & STALL_RUN_PRODUCT) || run->start != 0 || run->end != strlen (block->text))
    return;
  block->type = STALL_BLOCK_PRODUCT;
  block->target = g_steal_pointer (&run->target);
  g_array_set_size (block->runs, 0);
}

static void
end_block (Walk *self)
{
  if (self->block == NULL)
    return;
  while (self->text->len > 0
         && (self->text->str[self->text->len - 1] == '\n'
             || (self->text->str[self->text->len - 1] == ' ' && self->type != STALL_BLOCK_CODE)))
    g_string_truncate (self->text, self->text->len - 1);
  for (guint i = 0; i < self->block->runs->len; i++)
    {
      StallMarkdownRun *run = &g_array_index (self->block->runs, StallMarkdownRun, i);

      run->end = MIN (run->end, self->text->len);
    }
  self->block->text = g_strndup (self->text->str, self->text->len);
  make_product_card (self->block);
  self->block = NULL;
}

/* Text needs a block; a paragraph whose text follows a picture has begun another one. */
static gboolean
ensure_block (Walk *self)
{
  if (self->block != NULL)
    return TRUE;
  self->block = add_block (self, self->type);
  if (self->block == NULL)
    return FALSE;
  self->block->level = self->level;
  g_string_truncate (self->text, 0);
  return TRUE;
}

static void
add_run (Walk *self, guint start, StallRunStyle style)
{
  GArray *runs = self->block->runs;
  const char *target = style & (STALL_RUN_LINK | STALL_RUN_PRODUCT) ? self->target : NULL;
  StallMarkdownRun *last
      = runs->len > 0 ? &g_array_index (runs, StallMarkdownRun, runs->len - 1) : NULL;
  StallMarkdownRun run = { start, self->text->len, style, NULL };

  if (style == 0 || start == self->text->len)
    return;
  if (last != NULL && last->end == start && last->style == style
      && g_strcmp0 (last->target, target) == 0)
    {
      last->end = run.end;
      return;
    }
  run.target = g_strdup (target);
  g_array_append_val (runs, run);
}

static void
add_text (Walk *self, const char *text, StallRunStyle style)
{
  guint start;

  if (text == NULL || *text == '\0' || !ensure_block (self))
    return;
  start = self->text->len;
  if (start == 0 && self->type != STALL_BLOCK_CODE)
    text += strspn (text, " ");
  g_string_append (self->text, text);
  if (self->bold > 0)
    style |= STALL_RUN_BOLD;
  if (self->italic > 0)
    style |= STALL_RUN_ITALIC;
  add_run (self, start, style | self->link);
}

static gboolean
is_wide (gunichar c)
{
  return g_unichar_iswide (c);
}

/* Where a source line ends inside a paragraph there is a space between words, and nothing between
 * Chinese characters. */
static void
add_soft_break (Walk *self, cmark_node *node)
{
  cmark_node *next = cmark_node_next (node);
  const char *after = next != NULL && cmark_node_get_type (next) == CMARK_NODE_TEXT
                          ? cmark_node_get_literal (next)
                          : NULL;
  const char *last;

  if (self->block == NULL || self->text->len == 0)
    return;
  last = g_utf8_prev_char (self->text->str + self->text->len);
  if (after != NULL && *after != '\0' && is_wide (g_utf8_get_char (after))
      && is_wide (g_utf8_get_char (last)))
    return;
  add_text (self, " ", 0);
}

/* --- pictures --- */

/* All text inside a node. */
static char *
plain_text (cmark_node *node)
{
  GString *text = g_string_new (NULL);
  cmark_iter *iter = cmark_iter_new (node);

  while (cmark_iter_next (iter) != CMARK_EVENT_DONE)
    {
      cmark_node *inner = cmark_iter_get_node (iter);
      cmark_node_type type = cmark_node_get_type (inner);

      if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE || type == CMARK_NODE_HTML_INLINE)
        g_string_append (text, cmark_node_get_literal (inner));
      else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
        g_string_append_c (text, ' ');
    }
  cmark_iter_free (iter);
  return g_string_free (text, FALSE);
}

/* A picture of the note is a block of its own; any other is shown as it was written. */
static void
add_picture (Walk *self, cmark_node *node)
{
  const char *url = cmark_node_get_url (node);
  g_autofree char *alt = plain_text (node);
  g_autofree char *name = url != NULL ? attachment_name (url) : NULL;
  StallMarkdownBlock *block;

  if (name == NULL)
    {
      g_autofree char *written = g_strdup_printf ("![%s](%s)", alt, url != NULL ? url : "");

      add_text (self, written, 0);
      return;
    }
  end_block (self);
  block = add_block (self, STALL_BLOCK_PICTURE);
  if (block == NULL)
    return;
  block->target = g_steal_pointer (&name);
  block->text = g_steal_pointer (&alt);
}

/* --- the walk --- */

static void
begin_link (Walk *self, cmark_node *node)
{
  const char *url = cmark_node_get_url (node);

  if (url == NULL || (!is_product (url) && !is_web_address (url)))
    return;
  self->link = is_product (url) ? STALL_RUN_PRODUCT : STALL_RUN_LINK;
  g_set_str (&self->target, url);
}

static void
end_link (Walk *self)
{
  self->link = 0;
  g_clear_pointer (&self->target, g_free);
}

static void
begin_leaf (Walk *self, cmark_node *node, StallBlockType type)
{
  end_block (self);
  self->type = type;
  self->level = type == STALL_BLOCK_HEADING ? cmark_node_get_heading_level (node) : 0;
  self->line = cmark_node_get_start_line (node);
}

static void
add_literal (Walk *self, cmark_node *node, StallBlockType type)
{
  begin_leaf (self, node, type);
  add_text (self, cmark_node_get_literal (node), 0);
  end_block (self);
}

static void
begin_list (Walk *self, cmark_node *node)
{
  List list = { cmark_node_get_list_type (node) == CMARK_ORDERED_LIST
                    ? MAX (0, cmark_node_get_list_start (node))
                    : -1 };

  g_array_append_val (self->lists, list);
}

static void
add_rule (Walk *self, cmark_node *node)
{
  StallMarkdownBlock *block;

  begin_leaf (self, node, STALL_BLOCK_RULE);
  block = add_block (self, STALL_BLOCK_RULE);
  if (block != NULL)
    block->text = g_strdup ("");
}

static void
enter (Walk *self, cmark_node *node, cmark_iter *iter)
{
  switch ((int) cmark_node_get_type (node))
    {
    case CMARK_NODE_BLOCK_QUOTE:
      self->quote++;
      break;
    case CMARK_NODE_LIST:
      begin_list (self, node);
      break;
    case CMARK_NODE_ITEM:
      self->begins_item = TRUE;
      break;
    case CMARK_NODE_PARAGRAPH:
      begin_leaf (self, node, STALL_BLOCK_PARAGRAPH);
      break;
    case CMARK_NODE_HEADING:
      begin_leaf (self, node, STALL_BLOCK_HEADING);
      break;
    case CMARK_NODE_CODE_BLOCK:
      add_literal (self, node, STALL_BLOCK_CODE);
      break;
    case CMARK_NODE_HTML_BLOCK:
      add_literal (self, node, STALL_BLOCK_PARAGRAPH);
      break;
    case CMARK_NODE_THEMATIC_BREAK:
      add_rule (self, node);
      break;
    case CMARK_NODE_TEXT:
    case CMARK_NODE_HTML_INLINE:
      add_text (self, cmark_node_get_literal (node), 0);
      break;
    case CMARK_NODE_CODE:
      add_text (self, cmark_node_get_literal (node), STALL_RUN_CODE);
      break;
    case CMARK_NODE_SOFTBREAK:
      add_soft_break (self, node);
      break;
    case CMARK_NODE_LINEBREAK:
      add_text (self, "\n", 0);
      break;
    case CMARK_NODE_EMPH:
      self->italic++;
      break;
    case CMARK_NODE_STRONG:
      self->bold++;
      break;
    case CMARK_NODE_LINK:
      begin_link (self, node);
      break;
    case CMARK_NODE_IMAGE:
      add_picture (self, node);
      /* What is inside is its alt text. */
      cmark_iter_reset (iter, node, CMARK_EVENT_EXIT);
      break;
    default:
      break;
    }
}

static void
leave (Walk *self, cmark_node *node)
{
  switch ((int) cmark_node_get_type (node))
    {
    case CMARK_NODE_BLOCK_QUOTE:
      self->quote--;
      break;
    case CMARK_NODE_LIST:
      g_array_set_size (self->lists, self->lists->len - 1);
      break;
    case CMARK_NODE_ITEM:
      /* An item of nothing still counts. */
      g_free (take_marker (self));
      break;
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
      end_block (self);
      break;
    case CMARK_NODE_EMPH:
      self->italic--;
      break;
    case CMARK_NODE_STRONG:
      self->bold--;
      break;
    case CMARK_NODE_LINK:
      end_link (self);
      break;
    default:
      break;
    }
}

static void
read_document (StallMarkdown *markdown, cmark_node *document)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) lists = g_array_new (FALSE, FALSE, sizeof (List));
  Walk self = { .markdown = markdown, .text = text, .lists = lists };
  cmark_iter *iter = cmark_iter_new (document);
  cmark_event_type event;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE && !markdown->truncated)
    {
      cmark_node *node = cmark_iter_get_node (iter);

      if (event == CMARK_EVENT_ENTER)
        enter (&self, node, iter);
      else
        leave (&self, node);
    }
  end_block (&self);
  end_link (&self);
  cmark_iter_free (iter);
}

/**
 * stall_markdown_parse:
 * @text: Markdown, as CommonMark says it
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * Reads a note's body. Any text is Markdown; only its size is limited.
 *
 * Returns: (transfer full) (nullable): what it says; %NULL when it is longer than
 * %STALL_MARKDOWN_MAX_BYTES
 */
StallMarkdown *
stall_markdown_parse (const char *text, GError **error)
{
  StallMarkdown *self;
  cmark_node *document;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  length = strlen (text);
  if (length > STALL_MARKDOWN_MAX_BYTES)
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                           _ ("This text is longer than 5 MB. Divide it into several notes."));
      return NULL;
    }
  self = g_new0 (StallMarkdown, 1);
  g_atomic_ref_count_init (&self->count);
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) block_free);
  document = cmark_parse_document (text, length, CMARK_OPT_VALIDATE_UTF8);
  read_document (self, document);
  cmark_node_free (document);
  return self;
}

/* A link without words is none: nobody sees it. */
static void
add_product (cmark_node *node, GPtrArray *products)
{
  const char *url = cmark_node_get_url (node);
  g_autofree char *words = url != NULL && is_product (url) ? plain_text (node) : NULL;

  if (words != NULL && words[strspn (words, " ")] != '\0'
      && !g_ptr_array_find_with_equal_func (products, url, g_str_equal, NULL))
    g_ptr_array_add (products, g_strdup (url));
}

/**
 * stall_markdown_find_products:
 * @text: Markdown
 *
 * Looks only for links to products, which costs half of stall_markdown_parse().
 *
 * Returns: (transfer full): the products that @text links, each once, in order
 */
GStrv
stall_markdown_find_products (const char *text)
{
  g_autoptr (GPtrArray) products = g_ptr_array_new_null_terminated (8, g_free, TRUE);
  cmark_node *document;
  cmark_iter *iter;
  cmark_event_type event;

  g_return_val_if_fail (text != NULL, NULL);

  document = cmark_parse_document (text, MIN (strlen (text), STALL_MARKDOWN_MAX_BYTES),
                                   CMARK_OPT_VALIDATE_UTF8);
  iter = cmark_iter_new (document);
  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node *node = cmark_iter_get_node (iter);
      cmark_node_type type = cmark_node_get_type (node);

      if (event == CMARK_EVENT_ENTER && type == CMARK_NODE_LINK)
        add_product (node, products);
      /* What is inside a picture is its alt text. */
      else if (event == CMARK_EVENT_ENTER && type == CMARK_NODE_IMAGE)
        cmark_iter_reset (iter, node, CMARK_EVENT_EXIT);
    }
  cmark_iter_free (iter);
  cmark_node_free (document);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&products), FALSE);
}

/**
 * stall_markdown_ref:
 * @self: what a body says
 *
 * Returns: (transfer full): the same
 */
StallMarkdown *
stall_markdown_ref (StallMarkdown *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->count);
  return self;
}

/**
 * stall_markdown_unref:
 * @self: (transfer full): what a body says
 *
 * Frees it with its last owner.
 */
void
stall_markdown_unref (StallMarkdown *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->count))
    return;
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

/**
 * stall_markdown_get_n_blocks:
 * @self: what a body says
 *
 * Returns: how many blocks there are
 */
guint
stall_markdown_get_n_blocks (const StallMarkdown *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->blocks->len;
}

/**
 * stall_markdown_get_block:
 * @self: what a body says
 * @index: from 0
 *
 * Returns: (transfer none): a block
 */
const StallMarkdownBlock *
stall_markdown_get_block (const StallMarkdown *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->blocks->len, NULL);

  return g_ptr_array_index (self->blocks, index);
}

/**
 * stall_markdown_get_truncated:
 * @self: what a body says
 *
 * Returns: whether it says more, past %STALL_MARKDOWN_MAX_BLOCKS
 */
gboolean
stall_markdown_get_truncated (const StallMarkdown *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->truncated;
}
