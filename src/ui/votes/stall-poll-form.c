/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-poll-form.h"

#include "stall-async.h"
#include "stall-file-choice.h"
#include "stall-moment-row.h"
#include "stall-poll-option-row.h"
#include "stall-product-words.h"
#include "stall-spin-row.h"
#include "stall-variant-picker.h"

#include <glib/gi18n-lib.h>

struct _StallPollForm
{
  AdwBin parent_instance;

  StallPollEditor *editor;
  GHashTable *covers;   /* variant → digest of its product's cover */
  GHashTable *products; /* variant → id of its product */
  gboolean filling;
  gboolean was_scheduled; /* when it was filled last */

  GtkEditable *question_row;
  GtkListBox *options_list;
  GtkWidget *add_box;
  StallMomentRow *closes_row;
  StallMomentRow *opens_row;
  AdwSpinRow *votes_row;
  AdwSpinRow *deposits_row;
  AdwSwitchRow *hidden_row;
  GtkButton *open_button;
};

G_DEFINE_FINAL_TYPE (StallPollForm, stall_poll_form, ADW_TYPE_BIN)

static StallPoll *
get_poll (StallPollForm *self)
{
  return stall_poll_editor_get_poll (self->editor);
}

static StallPollOptionRow *
row_at (StallPollForm *self, guint index)
{
  return STALL_POLL_OPTION_ROW (gtk_list_box_get_row_at_index (self->options_list, (int) index));
}

static guint
count_rows (StallPollForm *self)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (self->options_list, (int) n) != NULL)
    n++;
  return n;
}

/* --- taking edits --- */

static void
changed_cb (StallPollForm *self)
{
  StallPoll *poll;

  if (self->filling || self->editor == NULL)
    return;
  poll = get_poll (self);
  stall_poll_set_question (poll, gtk_editable_get_text (self->question_row));
  stall_poll_set_closes_at (poll, stall_moment_row_get_moment (self->closes_row));
  stall_poll_set_threshold_votes (poll, (int) adw_spin_row_get_value (self->votes_row));
  stall_poll_set_threshold_deposits (poll, (int) adw_spin_row_get_value (self->deposits_row));
  stall_poll_set_hidden (poll, adw_switch_row_get_active (self->hidden_row));
  stall_poll_editor_touch (self->editor);
}

static void
options_changed_cb (StallPollForm *self)
{
  g_autoptr (GPtrArray) options
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_poll_option_free);

  if (self->filling)
    return;
  for (guint i = 0; i < count_rows (self); i++)
    g_ptr_array_add (options,
                     stall_poll_option_copy (stall_poll_option_row_get_option (row_at (self, i))));
  stall_poll_set_options (get_poll (self), options);
  gtk_widget_set_sensitive (self->add_box, options->len < STALL_POLL_MAX_OPTIONS);
  stall_poll_editor_touch (self->editor);
}

static void
removed_cb (StallPollForm *self, StallPollOptionRow *row)
{
  gtk_list_box_remove (self->options_list, GTK_WIDGET (row));
  options_changed_cb (self);
}

static void
moved_cb (StallPollForm *self, int by, StallPollOptionRow *row)
{
  int place = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) + by;

  if (place < 0 || place >= (int) count_rows (self))
    return;
  g_object_ref (row);
  gtk_list_box_remove (self->options_list, GTK_WIDGET (row));
  gtk_list_box_insert (self->options_list, GTK_WIDGET (row), place);
  g_object_unref (row);
  options_changed_cb (self);
}

typedef struct
{
  StallPollEditor *editor;
  GtkWidget *parent;
  char *option_id;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_object_unref (choice->editor);
  g_object_unref (choice->parent);
  g_free (choice->option_id);
  g_free (choice);
}

static DexFuture *
picture_fiber (gpointer data)
{
  Choice *choice = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = dex_await_object (
      stall_choose_to_open (choice->parent, _ ("Choose a Picture"), NULL, NULL), &error);

  if (file == NULL
      || !dex_await (stall_poll_editor_add_picture (choice->editor, choice->option_id, file),
                     &error))
    stall_desk_report (stall_poll_editor_get_desk (choice->editor), error);
  return dex_future_new_true ();
}

static void
picture_wanted_cb (StallPollForm *self, StallPollOptionRow *row)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->editor = g_object_ref (self->editor);
  choice->parent = g_object_ref (GTK_WIDGET (self));
  choice->option_id = g_strdup (stall_poll_option_row_get_option (row)->id);
  stall_spawn (picture_fiber, choice, choice_free);
}

static GtkWidget *
append_row (StallPollForm *self, const StallPollOption *option)
{
  const char *cover
      = option->variant != NULL ? g_hash_table_lookup (self->covers, option->variant) : NULL;
  GtkWidget *row
      = stall_poll_option_row_new (stall_poll_editor_get_desk (self->editor), option, cover);

  g_signal_connect_object (row, "changed", G_CALLBACK (options_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "picture-wanted", G_CALLBACK (picture_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (self->options_list, row);
  return row;
}

/* Among colours of one product the colour says enough; beside another product it does not. */
static char *
make_label (StallPollForm *self, StallVariantRow *variant)
{
  const char *product = stall_variant_row_get_product_id (variant);
  const char *title = stall_variant_row_get_title (variant);
  gboolean alone = TRUE;

  for (guint i = 0; i < count_rows (self); i++)
    {
      const char *other = stall_poll_option_row_get_option (row_at (self, i))->variant;

      alone = alone
              && (other == NULL
                  || g_strcmp0 (g_hash_table_lookup (self->products, other), product) == 0);
    }
  if (alone && title != NULL && *title != '\0')
    return g_strdup (title);
  return stall_product_words_variant (stall_variant_row_get_product_title (variant), title);
}

static void
variant_picked_cb (StallPollForm *self, StallVariantRow *variant)
{
  g_autofree char *label = make_label (self, variant);
  g_autoptr (StallPollOption) option = stall_poll_option_new (label);

  option->variant = g_strdup (stall_variant_row_get_id (variant));
  option->price = stall_variant_row_get_price (variant);
  option->cost = stall_variant_row_get_cost (variant);
  option->currency = g_strdup (stall_variant_row_get_currency (variant));
  g_hash_table_insert (self->covers, g_strdup (option->variant),
                       g_strdup (stall_variant_row_get_cover (variant)));
  g_hash_table_insert (self->products, g_strdup (option->variant),
                       g_strdup (stall_variant_row_get_product_id (variant)));
  append_row (self, option);
  options_changed_cb (self);
}

static void
add_variant_cb (StallPollForm *self)
{
  AdwDialog *picker
      = stall_variant_picker_new (stall_poll_editor_get_desk (self->editor), _ ("Add an Option"));

  g_signal_connect_object (picker, "picked", G_CALLBACK (variant_picked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (picker, GTK_WIDGET (self));
}

static void
add_free_cb (StallPollForm *self)
{
  g_autoptr (StallPollOption) option = stall_poll_option_new (NULL);
  GtkWidget *row = append_row (self, option);

  options_changed_cb (self);
  stall_poll_option_row_edit (STALL_POLL_OPTION_ROW (row));
}

/* --- opening --- */

static gboolean
is_scheduled (StallPollForm *self)
{
  return stall_poll_get_opens_at (get_poll (self)) != STALL_TIME_NONE;
}

/* A time is only a wish until the poll is opened with it. */
static void
show_button (StallPollForm *self)
{
  const char *label = _ ("_Open Poll…");

  if (is_scheduled (self))
    label = _ ("_Open Now…");
  else if (stall_moment_row_get_moment (self->opens_row) != STALL_TIME_NONE)
    label = _ ("_Schedule Opening…");
  gtk_button_set_label (self->open_button, label);
}

static void
opens_cb (StallPollForm *self)
{
  if (self->filling || self->editor == NULL)
    return;
  if (is_scheduled (self))
    stall_poll_editor_move_opening (self->editor, stall_moment_row_get_moment (self->opens_row));
  show_button (self);
}

/* --- showing --- */

static void
fill_options (StallPollForm *self, StallPoll *poll)
{
  g_autoptr (GHashTable) expanded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < count_rows (self); i++)
    if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row_at (self, i))))
      g_hash_table_add (expanded,
                        g_strdup (stall_poll_option_row_get_option (row_at (self, i))->id));
  gtk_list_box_remove_all (self->options_list);
  for (guint i = 0; i < stall_poll_get_n_options (poll); i++)
    {
      const StallPollOption *option = stall_poll_get_option (poll, i);
      GtkWidget *row = append_row (self, option);

      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row),
                                     g_hash_table_contains (expanded, option->id));
    }
  gtk_widget_set_sensitive (self->add_box,
                            stall_poll_get_n_options (poll) < STALL_POLL_MAX_OPTIONS);
}

static void
fill (StallPollForm *self)
{
  StallPoll *poll = get_poll (self);

  self->filling = TRUE;
  if (g_strcmp0 (gtk_editable_get_text (self->question_row), stall_poll_get_question (poll)) != 0)
    gtk_editable_set_text (self->question_row, stall_poll_get_question (poll));
  fill_options (self, poll);
  stall_moment_row_set_moment (self->closes_row, stall_poll_get_closes_at (poll));
  adw_spin_row_set_value (self->votes_row, stall_poll_get_threshold_votes (poll));
  adw_spin_row_set_value (self->deposits_row, stall_poll_get_threshold_deposits (poll));
  adw_switch_row_set_active (self->hidden_row, stall_poll_get_hidden (poll));
  if (self->was_scheduled || is_scheduled (self))
    stall_moment_row_set_moment (self->opens_row, stall_poll_get_opens_at (poll));
  self->was_scheduled = is_scheduled (self);
  show_button (self);
  self->filling = FALSE;
}

static void
stall_poll_form_dispose (GObject *object)
{
  StallPollForm *self = STALL_POLL_FORM (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_POLL_FORM);
  g_clear_object (&self->editor);
  g_clear_pointer (&self->covers, g_hash_table_unref);
  g_clear_pointer (&self->products, g_hash_table_unref);

  G_OBJECT_CLASS (stall_poll_form_parent_class)->dispose (object);
}

static void
stall_poll_form_class_init (StallPollFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_poll_form_dispose;

  g_type_ensure (STALL_TYPE_MOMENT_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/votes/stall-poll-form.ui");
  gtk_widget_class_bind_template_child (widget_class, StallPollForm, question_row);
  gtk_widget_class_bind_template_child (widget_class, StallPollForm, options_list);
  gtk_widget_class_bind_template_child (widget_class, StallPollForm, add_box);
  gtk_widget_class_bind_template_child (widget_class, StallPollForm, closes_row);
  gtk_widget_class_bind_template_child (widget_class, StallPollForm, opens_row);
  gtk_widget_class_bind_template_child (widget_class, StallPollForm, open_button);
  gtk_widget_class_bind_template_child (widget_class, StallPollForm, votes_row);
  gtk_widget_class_bind_template_child (widget_class, StallPollForm, deposits_row);
  gtk_widget_class_bind_template_child (widget_class, StallPollForm, hidden_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, opens_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_variant_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_free_cb);
}

static void
stall_poll_form_init (StallPollForm *self)
{
  self->covers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->products = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  stall_spin_follow_typing (self->votes_row);
  stall_spin_follow_typing (self->deposits_row);
}

/**
 * stall_poll_form_set_editor:
 * @self: a form
 * @editor: of the poll it edits
 */
void
stall_poll_form_set_editor (StallPollForm *self, StallPollEditor *editor)
{
  g_return_if_fail (STALL_IS_POLL_FORM (self));
  g_return_if_fail (STALL_IS_POLL_EDITOR (editor));

  g_set_object (&self->editor, editor);
  g_signal_connect_object (editor, "replaced", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
}

/**
 * stall_poll_form_get_wish:
 * @self: a form
 *
 * Returns: when the poll shall open by itself; %STALL_TIME_NONE: at once, or it is scheduled
 * already
 */
StallTime
stall_poll_form_get_wish (StallPollForm *self)
{
  g_return_val_if_fail (STALL_IS_POLL_FORM (self), STALL_TIME_NONE);

  return is_scheduled (self) ? STALL_TIME_NONE : stall_moment_row_get_moment (self->opens_row);
}

/**
 * stall_poll_form_show:
 * @self: a form
 * @figures: of the poll as it is stored
 *
 * Goes on from what is stored, with what its products look like.
 */
void
stall_poll_form_show (StallPollForm *self, const StallPollFigures *figures)
{
  g_return_if_fail (STALL_IS_POLL_FORM (self));
  g_return_if_fail (figures != NULL);

  for (guint i = 0; i < figures->n_options; i++)
    {
      const char *variant = stall_poll_get_option (figures->poll, i)->variant;

      if (variant == NULL)
        continue;
      g_hash_table_insert (self->covers, g_strdup (variant), g_strdup (figures->options[i].cover));
      g_hash_table_insert (self->products, g_strdup (variant),
                           g_strdup (figures->options[i].product));
    }
  stall_poll_editor_take (self->editor, figures->poll);
}
