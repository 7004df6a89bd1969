/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How the columns of a file are read: shipped ones (shopify-orders, online-retail, …) and a
 * person's own. */

#define STALL_TYPE_PRESET (stall_preset_get_type ())
G_DECLARE_FINAL_TYPE (StallPreset, stall_preset, STALL, PRESET, GObject)

/* What a column can be mapped to. */
typedef enum
{
  STALL_FIELD_NUMBER, /* order number; required */
  STALL_FIELD_DATE,   /* required */
  STALL_FIELD_SKU,    /* required unless a title is mapped */
  STALL_FIELD_TITLE,
  STALL_FIELD_OPTIONS,
  STALL_FIELD_QUANTITY, /* required */
  STALL_FIELD_PRICE,    /* a piece; required unless a line total is mapped */
  STALL_FIELD_LINE_TOTAL,
  STALL_FIELD_CUSTOMER,
  STALL_FIELD_NAME,
  STALL_FIELD_PHONE,
  STALL_FIELD_ADDRESS,
  STALL_FIELD_COUNTRY,
  STALL_FIELD_SOURCE,
  STALL_FIELD_SHIPPING,
  STALL_FIELD_DISCOUNT,
  STALL_FIELD_PERSONALISATION,
  STALL_FIELD_REMARK,
} StallField;
#define STALL_N_FIELDS 18

const char *stall_field_get_label (StallField field);
gboolean stall_field_is_required (StallField field);

/* @id NULL: one of its own. Property `name`. */
StallPreset *stall_preset_new (const char *id, const char *name);
StallPreset *stall_preset_new_from_json (const char *text, gssize length, GError **error);
char *stall_preset_to_json (StallPreset *self);
StallPreset *stall_preset_copy (StallPreset *self);
const char *stall_preset_get_id (StallPreset *self);   /* “online-retail” */
const char *stall_preset_get_name (StallPreset *self); /* shown to people */
void stall_preset_set_name (StallPreset *self, const char *name);
gboolean stall_preset_is_shipped (StallPreset *self);
const char *stall_preset_get_column (StallPreset *self,
                                     StallField field); /* header of the column, or NULL */
/* Its position in @columns, or G_MAXUINT. */
guint stall_preset_find_column (StallPreset *self, StallField field, const char *const *columns);
void stall_preset_set_column (StallPreset *self, StallField field, const char *column);
const char *stall_preset_get_currency (StallPreset *self); /* NULL: the stall's */
void stall_preset_set_currency (StallPreset *self, const char *currency);
const char *stall_preset_get_date_format (
    StallPreset *self); /* NULL: ISO 8601; "dmy", "mdy", "ymd" for 1/12/2010 8:26 */
void stall_preset_set_date_format (StallPreset *self, const char *format);
gboolean stall_preset_get_decimal_comma (StallPreset *self);
void stall_preset_set_decimal_comma (StallPreset *self, gboolean decimal_comma);
void
stall_preset_guess_format (StallPreset *self, StallField field, GPtrArray *head, char separator);
/* FALSE with a message that names what is not mapped, or not a column of the file. */
gboolean stall_preset_check (StallPreset *self, const char *const *columns, GError **error);

/* Shipped ones first, then those saved in the stall's folder; GListModel of StallPreset. */
GListModel *stall_preset_list (const char *stall_folder);
gboolean stall_preset_save (StallPreset *self, const char *stall_folder, GError **error);
gboolean stall_preset_delete (StallPreset *self, const char *stall_folder, GError **error);

G_END_DECLS
