/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-contact.h"

static void
test_round_trip (void)
{
  g_autoptr (JsonObject) root
      = stall_json_parse_object ("{\"name\":\"李小满\",\"wechat\":{\"id\":\"x\"}}", -1, NULL);
  g_autoptr (StallDocument) document = stall_document_new_from_root ("contact:X", "1-a", root);
  g_autoptr (StallContact) contact = stall_contact_new_from_document (document, NULL);
  g_autoptr (StallDocument) edited = NULL;
  g_autoptr (StallContact) read = NULL;
  g_autoptr (StallContact) fresh = stall_contact_new ("order:X");
  g_autoptr (StallDocument) fresh_document = stall_contact_to_document (fresh, "d");
  JsonObject *members;

  stall_contact_set_phone (contact, "13812342930");
  stall_contact_set_address (contact, "杭州");
  edited = stall_contact_to_document (contact, "d");
  read = stall_contact_new_from_document (edited, NULL);
  members = stall_document_get_root (edited, NULL);

  g_assert_cmpstr (stall_contact_get_name (read), ==, "李小满");
  g_assert_cmpstr (stall_contact_get_phone (read), ==, "13812342930");
  g_assert_cmpstr (stall_contact_get_address (read), ==, "杭州");
  g_assert_nonnull (stall_json_get_object (members, "wechat"));
  g_assert_cmpstr (stall_document_get_id (fresh_document), ==, "contact:X");
}

static const struct
{
  const char *text;
  const char *masked;
} names[] = {
  { "李小满", "李**" },
  { "欧阳娜娜", "欧**" },
  { "Anna Smith", "A**" },
  { "𠮷田", "𠮷**" },
  { "李", "李**" },
  { "", "" },
}, phones[] = {
  { "13812342930", "138****2930" },
  { "+86 138 1234 2930", "+86 1** **** 2930" },
  { "(0113) 496-0000", "(011*) ***-0000" },
  { "12345678", "123*5678" },
  { "1234567", "*******" },
  { "110", "***" },
  { "ask at the door", "ask at the door" },
  { "", "" },
}, addresses[] = {
  { "浙江省杭州市西湖区文三路478号2幢1单元301", "浙江省杭州市**" },
  { "杭州西湖区", "杭州**" },
  { "東京都渋谷区神南1-1-1", "東京都渋谷区**" },
  { "12 High Street, Flat 3, Leeds", "**, Leeds" },
  { "12 High Street\nLeeds", "**, Leeds" },
  { "Musterweg 5", "**" },
  { "12 High Street,", "**, " },
  { "", "" },
};

static void
test_masks (void)
{
  g_autoptr (StallContact) contact = stall_contact_new ("order:X");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *masked = NULL;

      stall_contact_set_name (contact, names[i].text);
      masked = stall_contact_dup_masked_name (contact);
      g_assert_cmpstr (masked, ==, names[i].masked);
    }
  for (guint i = 0; i < G_N_ELEMENTS (phones); i++)
    {
      g_autofree char *masked = NULL;

      stall_contact_set_phone (contact, phones[i].text);
      masked = stall_contact_dup_masked_phone (contact);
      g_assert_cmpstr (masked, ==, phones[i].masked);
    }
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *masked = NULL;

      stall_contact_set_address (contact, addresses[i].text);
      masked = stall_contact_dup_masked_address (contact);
      g_assert_cmpstr (masked, ==, addresses[i].masked);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contact/round-trip", test_round_trip);
  g_test_add_func ("/contact/masks", test_masks);
  return g_test_run ();
}
