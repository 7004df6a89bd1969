/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-csv-values.h"
#include "stall-preset-private.h"

#include <string.h>

/* What the columns of people's own lists are called, in lower case; the first name found counts. */
static const char *const names[STALL_N_FIELDS][13] = {
  [STALL_FIELD_NUMBER] = { "order number", "order no", "order id", "order", "invoice", "invoiceno",
                           "number", "订单号", "订单编号", "注文番号", "nummer" },
  [STALL_FIELD_DATE] = { "order date", "placed at", "date", "created at", "日期", "下单时间",
                         "订单日期", "时间", "注文日", "注文日時", "日付", "datum" },
  [STALL_FIELD_SKU]
  = { "sku", "item number", "stock code", "货号", "商品编码", "商品コード", "artikelnummer" },
  [STALL_FIELD_TITLE] = { "product", "item", "title", "description", "product name", "商品",
                          "商品名称", "商品名", "品名", "artikel" },
  [STALL_FIELD_OPTIONS] = { "options", "variant", "option", "规格", "颜色尺码", "variante" },
  [STALL_FIELD_QUANTITY]
  = { "quantity", "qty", "pieces", "数量", "件数", "個数", "menge", "anzahl" },
  [STALL_FIELD_PRICE]
  = { "price", "unit price", "unitprice", "单价", "价格", "単価", "価格", "preis", "einzelpreis" },
  [STALL_FIELD_LINE_TOTAL]
  = { "line total", "amount", "subtotal", "金额", "小计", "金額", "betrag" },
  [STALL_FIELD_CUSTOMER]
  = { "customer", "buyer", "customer id", "买家", "买家昵称", "客户", "お客様", "kunde" },
  [STALL_FIELD_NAME]
  = { "recipient", "name", "ship to", "收件人", "收货人", "姓名", "お名前", "empfänger" },
  [STALL_FIELD_PHONE]
  = { "phone", "telephone", "电话", "手机", "手机号", "联系电话", "電話番号", "telefon" },
  [STALL_FIELD_ADDRESS] = { "address", "shipping address", "地址", "收货地址", "住所", "adresse" },
  [STALL_FIELD_COUNTRY] = { "country", "国家", "国", "land" },
  [STALL_FIELD_SOURCE] = { "source", "channel", "来源", "渠道" },
  [STALL_FIELD_SHIPPING] = { "shipping", "postage", "运费", "邮费", "送料", "versand" },
  [STALL_FIELD_DISCOUNT] = { "discount", "优惠", "折扣", "割引", "rabatt" },
  [STALL_FIELD_PERSONALISATION]
  = { "personalisation", "personalization", "engraving", "定制", "刻字" },
  [STALL_FIELD_REMARK] = { "remark", "note", "notes", "备注", "买家留言", "備考", "bemerkung" },
};

/* The first order of day, month and year in which every date of the first rows is one. */
static void
guess_dates (StallPreset *self, GPtrArray *head)
{
  static const char *const formats[] = { "ymd", "dmy", "mdy" };
  guint column = stall_preset_find_column (self, STALL_FIELD_DATE, g_ptr_array_index (head, 0));

  for (guint format = 0; format < G_N_ELEMENTS (formats) && column != G_MAXUINT; format++)
    {
      gboolean fits = TRUE;

      for (guint i = 1; i < head->len && fits; i++)
        {
          char **row = g_ptr_array_index (head, i);
          StallTime time;

          fits = column >= g_strv_length (row) || *row[column] == '\0'
                 || stall_csv_parse_date (row[column], (StallDateOrder) format, NULL, &time);
        }
      if (!fits)
        continue;
      stall_preset_set_date_format (self, formats[format]);
      return;
    }
}

/* Where cells are separated by semicolons the comma is taken for decimals, unless the first rows
 * write their prices with a point. */
static gboolean
guess_decimal_comma (StallPreset *self, GPtrArray *head, char separator)
{
  const char *const *columns = g_ptr_array_index (head, 0);
  guint column = stall_preset_find_column (self, STALL_FIELD_PRICE, columns);
  gboolean point = FALSE;

  if (separator != ';')
    return FALSE;
  if (column == G_MAXUINT)
    column = stall_preset_find_column (self, STALL_FIELD_LINE_TOTAL, columns);
  for (guint i = 1; i < head->len; i++)
    {
      char **row = g_ptr_array_index (head, i);

      if (column >= g_strv_length (row))
        continue;
      if (strchr (row[column], ',') != NULL)
        return TRUE;
      point |= strchr (row[column], '.') != NULL;
    }
  return !point;
}

/**
 * stall_preset_guess_format:
 * @self: a preset
 * @field: a field whose column was chosen
 * @head: (element-type GStrv): the first rows of a file, the names of its columns first
 * @separator: what separates its cells
 *
 * Sets how the file writes dates, or decimals, as far as the column of @field shows it.
 */
void
stall_preset_guess_format (StallPreset *self, StallField field, GPtrArray *head, char separator)
{
  g_return_if_fail (STALL_IS_PRESET (self));
  g_return_if_fail (head != NULL);

  if (head->len == 0)
    return;
  if (field == STALL_FIELD_DATE)
    guess_dates (self, head);
  if (field == STALL_FIELD_PRICE || field == STALL_FIELD_LINE_TOTAL)
    stall_preset_set_decimal_comma (self, guess_decimal_comma (self, head, separator));
}

void
stall_preset_guess (StallPreset *self, GPtrArray *head, char separator)
{
  const char *const *columns = head->len > 0 ? g_ptr_array_index (head, 0) : NULL;

  if (columns == NULL)
    return;
  for (guint field = 0; field < STALL_N_FIELDS; field++)
    stall_preset_set_column (self, field, NULL);
  for (guint field = 0; field < STALL_N_FIELDS; field++)
    for (guint i = 0; names[field][i] != NULL; i++)
      {
        guint column = stall_columns_find (columns, names[field][i]);

        if (column == G_MAXUINT)
          continue;
        stall_preset_set_column (self, field, columns[column]);
        break;
      }
  stall_preset_guess_format (self, STALL_FIELD_DATE, head, separator);
  stall_preset_guess_format (self, STALL_FIELD_PRICE, head, separator);
}
