/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-crop.h"
#include "stall-document.h"
#include "stall-note-template.h"

G_BEGIN_DECLS

/* A storytelling post, for reading and editing: Markdown, pictures, links to products. Like a
 * product it keeps the JSON it came from. All setters notify the property of the same name. */

/* As long as five novels; to type in a longer one would be slow. One that comes from elsewhere is
 * kept and sent on as it is, but not written in. */
#define STALL_NOTE_MAX_CHARACTERS 500000

/* Stored as text: draft, scheduled, published. */
typedef enum
{
  STALL_NOTE_DRAFT,
  STALL_NOTE_SCHEDULED,
  STALL_NOTE_PUBLISHED,
} StallNoteState;
#define STALL_N_NOTE_STATES 3

const char *stall_note_state_to_string (StallNoteState state);
StallNoteState stall_note_state_from_string (const char *text);
const char *stall_note_state_get_label (StallNoteState state);

/* One picture: an attachment of the document. The body shows it as `![alt](name)`. */
typedef struct
{
  char *name;
  char *alt;
  char *digest; /* "md5-…"; NULL: not known */
} StallNotePicture;

void stall_note_picture_free (StallNotePicture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallNotePicture, stall_note_picture_free)

#define STALL_TYPE_NOTE (stall_note_get_type ())
G_DECLARE_FINAL_TYPE (StallNote, stall_note, STALL, NOTE, GObject)

StallNote *stall_note_new (void);
StallNote *stall_note_new_from_document (StallDocument *document, GError **error);
StallNote *stall_note_new_copy (StallNote *note); /* a draft of its own, made now */
StallDocument *stall_note_to_document (StallNote *self, const char *device);

const char *stall_note_get_id (StallNote *self); /* "note:…" */
void stall_note_set_id (StallNote *self, const char *id);
StallTime stall_note_get_made_at (StallNote *self);
const char *stall_note_get_title (StallNote *self);
void stall_note_set_title (StallNote *self, const char *title);
const char *stall_note_get_body (StallNote *self);
void stall_note_set_body (StallNote *self, const char *body);
gboolean stall_note_check_body (const char *body, GError **error);

StallNoteTemplate stall_note_get_template (StallNote *self);
void stall_note_set_template (StallNote *self, StallNoteTemplate template);
StallNoteState stall_note_get_state (StallNote *self);
StallTime stall_note_get_publish_at (StallNote *self); /* STALL_TIME_NONE: no time */
void stall_note_schedule (StallNote *self, StallTime publish_at);
void stall_note_publish (StallNote *self, StallTime at);
void stall_note_unschedule (StallNote *self);
/* Its time has come; the platform publishes it after the next sync. */
gboolean stall_note_is_ready (StallNote *self, StallTime now);

GStrv stall_note_dup_links (StallNote *self); /* "product:…"; those of the body are among them */
void stall_note_add_link (StallNote *self, const char *product_id);
void stall_note_remove_link (StallNote *self, const char *product_id);
GStrv stall_note_dup_topics (StallNote *self); /* without “#” */
void stall_note_set_topics (StallNote *self, const char *const *topics);

GPtrArray *stall_note_dup_pictures (StallNote *self); /* StallNotePicture, in order */
char *stall_note_add_picture (StallNote *self,
                              const char *suggested_name,
                              const char *content_type,
                              gint64 length,
                              const char *digest);
void stall_note_set_picture_alt (StallNote *self, const char *name, const char *alt);
void stall_note_remove_picture (StallNote *self, const char *name);
/* Names of those that neither the body shows nor the owner chose as the cover. */
GStrv stall_note_dup_unused_pictures (StallNote *self);
char *stall_note_find_picture (StallNote *self, const char *name); /* its digest, or NULL */

/* The cover is a picture of the note; without a chosen one the first. */
char *stall_note_dup_cover (StallNote *self); /* name, or NULL: there is no picture */
void stall_note_set_cover (StallNote *self, const char *name);
gboolean stall_note_get_crop (StallNote *self, StallCrop *crop);
void stall_note_set_crop (StallNote *self, const StallCrop *crop);

G_END_DECLS
