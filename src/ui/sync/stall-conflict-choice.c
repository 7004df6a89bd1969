/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-conflict-choice.h"

#include "stall-conflict-words.h"
#include "stall-merge.h"

#include <glib/gi18n-lib.h>

#define PICTURE_HEIGHT 160

struct _StallConflictChoice
{
  GtkBox parent_instance;

  StallDesk *desk;
  char *path; /* NULL: the whole version */
  JsonNode *values[2];
  GtkWidget *cards;
  GtkCheckButton *buttons[2];
  GtkCheckButton *own_button; /* NULL: it cannot be written anew */
  GtkWidget *own_frame;
  GtkTextBuffer *own_text;
};

enum
{
  PROP_0,
  PROP_DECIDED,
  PROP_CARDS_ORIENTATION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StallConflictChoice, stall_conflict_choice, GTK_TYPE_BOX)

static gboolean
is_decided (StallConflictChoice *self)
{
  return gtk_check_button_get_active (self->buttons[0])
         || gtk_check_button_get_active (self->buttons[1])
         || (self->own_button != NULL && gtk_check_button_get_active (self->own_button));
}

static void
toggled_cb (StallConflictChoice *self)
{
  if (self->own_button != NULL)
    gtk_widget_set_visible (self->own_frame, gtk_check_button_get_active (self->own_button));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DECIDED]);
}

/* --- the two --- */

static GtkWidget *
new_value (StallConflictChoice *self, JsonNode *value, const char *words)
{
  JsonObject *object
      = value != NULL && JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL;
  g_autofree char *file = stall_store_get_attachment_path (
      stall_desk_get_store (self->desk), stall_json_get_string (object, "digest", NULL));
  GtkWidget *widget;

  if (file != NULL)
    {
      widget = gtk_picture_new_for_filename (file);
      gtk_picture_set_content_fit (GTK_PICTURE (widget), GTK_CONTENT_FIT_CONTAIN);
      gtk_picture_set_alternative_text (GTK_PICTURE (widget), words);
      gtk_widget_set_size_request (widget, -1, PICTURE_HEIGHT);
      return widget;
    }
  widget = gtk_label_new (words);
  gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (widget), 0);
  return widget;
}

/* Of two long texts what they do not share. */
static char *
dup_words (StallConflictChoice *self, guint i)
{
  g_autofree char *words = NULL;
  g_autofree char *other = NULL;

  if (self->values[i] == NULL)
    return g_strdup (_ ("All of this version"));
  words = stall_conflict_words_value (self->path, self->values[i]);
  if (!stall_conflict_words_is_long (self->path) || self->values[1 - i] == NULL)
    return g_steal_pointer (&words);
  other = stall_conflict_words_value (self->path, self->values[1 - i]);
  return stall_conflict_words_difference (words, other);
}

static void
add_card (StallConflictChoice *self, guint i, const StallConflictSide *side)
{
  g_autofree char *who = stall_conflict_words_side (side);
  g_autofree char *words = dup_words (self, i);
  g_autofree char *name = g_strdup_printf ("%s. %s", words, who);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *caption = gtk_label_new (who);
  GtkWidget *button = gtk_check_button_new ();

  gtk_label_set_wrap (GTK_LABEL (caption), TRUE);
  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dimmed");
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), new_value (self, self->values[i], words));
  gtk_widget_set_margin_start (box, 6);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "activatable");
  gtk_widget_add_css_class (button, "conflict-card");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  self->buttons[i] = GTK_CHECK_BUTTON (button);
  if (i > 0)
    gtk_check_button_set_group (self->buttons[i], self->buttons[0]);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->cards), button);
}

/* --- what is written anew --- */

static void
add_own (StallConflictChoice *self, JsonObject *base, const char *label)
{
  JsonNode *before = base != NULL ? stall_merge_get (base, self->path) : NULL;
  gboolean is_long = stall_conflict_words_is_long (self->path);
  const char *was = before != NULL && JSON_NODE_HOLDS_VALUE (before)
                            && json_node_get_value_type (before) == G_TYPE_STRING
                        ? json_node_get_string (before)
                        : "";
  g_autofree char *both
      = is_long ? stall_conflict_words_both (was, json_node_get_string (self->values[0]),
                                             json_node_get_string (self->values[1]))
                : g_strdup (json_node_get_string (self->values[0]));
  GtkWidget *view
      = g_object_new (GTK_TYPE_TEXT_VIEW, "wrap-mode", GTK_WRAP_WORD_CHAR, "accepts-tab", FALSE,
                      "left-margin", 12, "right-margin", 12, "top-margin", 9, "bottom-margin", 9,
                      "height-request", is_long ? 120 : -1, NULL);

  self->own_text = g_object_ref (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
  gtk_text_buffer_set_text (self->own_text, both, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  self->own_frame = gtk_frame_new (NULL);
  gtk_frame_set_child (GTK_FRAME (self->own_frame), view);
  gtk_widget_set_overflow (self->own_frame, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_visible (self->own_frame, FALSE);
  self->own_button = GTK_CHECK_BUTTON (gtk_check_button_new_with_mnemonic (
      is_long ? _ ("Keep _Both and Edit Them") : _ ("_Write Something Else")));
  gtk_widget_set_halign (GTK_WIDGET (self->own_button), GTK_ALIGN_START);
  gtk_check_button_set_group (self->own_button, self->buttons[0]);
  g_signal_connect_object (self->own_button, "toggled", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->own_button));
  gtk_box_append (GTK_BOX (self), self->own_frame);
}

/* --- the object --- */

static void
stall_conflict_choice_finalize (GObject *object)
{
  StallConflictChoice *self = STALL_CONFLICT_CHOICE (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->own_text);
  g_clear_pointer (&self->values[0], json_node_unref);
  g_clear_pointer (&self->values[1], json_node_unref);
  g_free (self->path);

  G_OBJECT_CLASS (stall_conflict_choice_parent_class)->finalize (object);
}

static void
stall_conflict_choice_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallConflictChoice *self = STALL_CONFLICT_CHOICE (object);

  switch (id)
    {
    case PROP_DECIDED:
      g_value_set_boolean (value, is_decided (self));
      break;
    case PROP_CARDS_ORIENTATION:
      g_value_set_enum (value, gtk_orientable_get_orientation (GTK_ORIENTABLE (self->cards)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_conflict_choice_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  StallConflictChoice *self = STALL_CONFLICT_CHOICE (object);

  switch (id)
    {
    case PROP_CARDS_ORIENTATION:
      if ((int) gtk_orientable_get_orientation (GTK_ORIENTABLE (self->cards))
          == g_value_get_enum (value))
        break;
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->cards), g_value_get_enum (value));
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_conflict_choice_class_init (StallConflictChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = stall_conflict_choice_finalize;
  object_class->get_property = stall_conflict_choice_get_property;
  object_class->set_property = stall_conflict_choice_set_property;

  /**
   * StallConflictChoice:decided:
   *
   * Whether the person chose.
   */
  properties[PROP_DECIDED]
      = g_param_spec_boolean ("decided", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  /**
   * StallConflictChoice:cards-orientation:
   *
   * Whether the two stand side by side or one above the other.
   */
  properties[PROP_CARDS_ORIENTATION] = g_param_spec_enum (
      "cards-orientation", NULL, NULL, GTK_TYPE_ORIENTATION, GTK_ORIENTATION_HORIZONTAL,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
}

static void
stall_conflict_choice_init (StallConflictChoice *self)
{
  self->cards = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_box_set_homogeneous (GTK_BOX (self->cards), TRUE);
}

/**
 * stall_conflict_choice_new:
 * @desk: the desk
 * @conflict: whose two versions
 * @field: (nullable): what they disagree about; %NULL: they can only be kept whole
 *
 * Returns: (transfer floating): a choice that is not made yet
 */
StallConflictChoice *
stall_conflict_choice_new (StallDesk *desk,
                           StallConflict *conflict,
                           const StallConflictField *field)
{
  StallConflictChoice *self = g_object_new (STALL_TYPE_CONFLICT_CHOICE, "orientation",
                                            GTK_ORIENTATION_VERTICAL, "spacing", 9, NULL);
  g_autofree char *label
      = field != NULL
            ? stall_conflict_words_field (stall_conflict_get_merged (conflict), field->path)
            : g_strdup (_ ("Version"));
  GtkWidget *heading = gtk_label_new (label);

  self->desk = g_object_ref (desk);
  if (field != NULL)
    {
      self->path = g_strdup (field->path);
      self->values[0] = json_node_copy (field->ours);
      self->values[1] = json_node_copy (field->theirs);
    }
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_widget_add_css_class (heading, "heading");
  gtk_box_append (GTK_BOX (self), heading);
  gtk_box_append (GTK_BOX (self), self->cards);
  add_card (self, 0, stall_conflict_get_ours (conflict));
  add_card (self, 1, stall_conflict_get_theirs (conflict));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (field != NULL && stall_conflict_words_is_text (field->path, field->ours)
      && stall_conflict_words_is_text (field->path, field->theirs))
    add_own (self, stall_conflict_get_base (conflict), label);
  return self;
}

/**
 * stall_conflict_choice_keep:
 * @self: a choice
 * @theirs: which of the two
 *
 * Chooses one of the two.
 */
void
stall_conflict_choice_keep (StallConflictChoice *self, gboolean theirs)
{
  g_return_if_fail (STALL_IS_CONFLICT_CHOICE (self));

  gtk_check_button_set_active (self->buttons[theirs ? 1 : 0], TRUE);
}

/**
 * stall_conflict_choice_get_theirs:
 * @self: a choice
 *
 * Returns: whether the second of the two is chosen
 */
gboolean
stall_conflict_choice_get_theirs (StallConflictChoice *self)
{
  g_return_val_if_fail (STALL_IS_CONFLICT_CHOICE (self), FALSE);

  return gtk_check_button_get_active (self->buttons[1]);
}

/**
 * stall_conflict_choice_write:
 * @self: a choice that is made, of a field
 * @merged: what is to stand
 *
 * Writes what was chosen into @merged.
 */
void
stall_conflict_choice_write (StallConflictChoice *self, JsonObject *merged)
{
  g_autoptr (JsonNode) own = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (STALL_IS_CONFLICT_CHOICE (self) && self->path != NULL);

  if (self->own_button != NULL && gtk_check_button_get_active (self->own_button))
    {
      g_object_get (self->own_text, "text", &text, NULL);
      own = json_node_init_string (json_node_alloc (), text);
      stall_merge_set (merged, self->path, own);
      return;
    }
  stall_merge_set (merged, self->path, self->values[stall_conflict_choice_get_theirs (self)]);
}
