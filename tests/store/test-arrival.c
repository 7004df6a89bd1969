/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "test-util.h"

/* Documents arrive in any order, from anywhere, and some of them are strange: the figures are the
 * same on every device, and what cannot be shown is kept and said. */

#define N_SHUFFLES 12

static char *
id_of (const char *kind, guint number)
{
  return g_strdup_printf ("%s:%04u", kind, number);
}

static StallDocument *
make (const char *id, const char *format, ...)
{
  g_autoptr (GBytes) bytes = NULL;
  va_list arguments;
  char *body;

  va_start (arguments, format);
  body = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  bytes = g_bytes_new_take (body, strlen (body));
  return stall_document_new (id, bytes);
}

static void
put (Fixture *fixture, const char *id, const char *body)
{
  g_autoptr (StallDocument) document = make (id, "%s", body);

  stall_receipt_free (test_put (fixture, "Put", document));
}

static void delete (Fixture *fixture, const char *id)
{
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Delete");

  stall_change_set_delete (changes, id);
  stall_receipt_free (test_apply (fixture, changes));
}

static GStrv
check (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GStrv found = dex_await_boxed (stall_store_check (fixture->store), &error);

  g_assert_no_error (error);
  return found;
}

/* What check says: all of it is of documents that are set aside, and there are so many of them. */
static void
assert_set_aside (Fixture *fixture, guint n, const char *words)
{
  g_auto (GStrv) found = check (fixture);

  for (guint i = 0; found[i] != NULL; i++)
    {
      g_test_message ("%s", found[i]);
      g_assert_nonnull (strstr (found[i], "is set aside"));
      g_assert_nonnull (strstr (found[i], words));
    }
  g_assert_cmpuint (g_strv_length (found), ==, n);
}

static gint64
read_int (Fixture *fixture, const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->folder, "stall.db", NULL);
  sqlite3_stmt *row;
  sqlite3 *database;
  gint64 value;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_prepare_v2 (database, sql, -1, &row, NULL);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (row, 0);
  sqlite3_finalize (row);
  sqlite3_close (database);
  return value;
}

static void
run_sql (Fixture *fixture, const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->folder, "stall.db", NULL);
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_exec (database, sql, NULL, NULL, NULL);
  g_assert_cmpstr (sqlite3_errmsg (database), ==, "not an error");
  sqlite3_close (database);
}

static void
assert_variant (Fixture *fixture, const char *variant, int on_hand, int reserved)
{
  g_autoptr (StallVariantRow) row = test_get_variant (fixture, variant);

  g_assert_cmpint (stall_variant_row_get_on_hand (row), ==, on_hand);
  g_assert_cmpint (stall_variant_row_get_reserved (row), ==, reserved);
}

/* --- any order of arrival --- */

static StallDocument *
make_event (GRand *rand, guint order, guint number)
{
  static const char *const steps[] = { "paid",      "packed",    "shipped",  "delivered",
                                       "completed", "cancelled", "returned", "refunded" };
  g_autofree char *id = g_strdup_printf ("event:%04u:%04u", order, number);
  const char *step = steps[g_rand_int_range (rand, 0, G_N_ELEMENTS (steps))];
  const char *lines = g_rand_boolean (rand) ? "" : ",\"lines\":[{\"line\":0,\"quantity\":1}]";

  return make (id,
               "{\"kind\":\"event\",\"order\":\"order:%04u\",\"step\":\"%s\","
               "\"at\":\"2026-03-%02dT12:00:00Z\",\"restock\":%s,\"place\":\"%s\"%s}",
               order, step, g_rand_int_range (rand, 1, 5), g_rand_boolean (rand) ? "true" : "false",
               g_rand_boolean (rand) ? "workshop" : "fair", lines);
}

/* Products that share variants, kits in kits, orders with every kind of event, movements, counts,
 * what no version can read and what this one does not show. */
static GPtrArray *
make_documents (GRand *rand)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *id = id_of ("product", i);
      g_autofree char *kit
          = i < 5 ? g_strdup ("")
                  : g_strdup_printf (",\"kit\":[{\"variant\":\"v%u\",\"quantity\":2},"
                                     "{\"variant\":\"v%u\"}]",
                                     i - 1, i - 4);

      g_ptr_array_add (documents,
                       make (id,
                             "{\"kind\":\"product\",\"title\":\"P%u\",\"stage\":\"on-sale\","
                             "\"variants\":[{\"id\":\"v%u\"},{\"id\":\"shared%u\"}]%s}",
                             i, i, i % 3, kit));
    }
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *id = id_of ("movement", i);
      gboolean count = g_rand_int_range (rand, 0, 3) == 0;

      g_ptr_array_add (documents,
                       make (id,
                             "{\"kind\":\"movement\",\"variant\":\"v%d\",\"%s\":%d,"
                             "\"at\":\"2026-03-%02dT12:00:00Z\"}",
                             g_rand_int_range (rand, 0, 5), count ? "count" : "quantity",
                             g_rand_int_range (rand, 1, 30), g_rand_int_range (rand, 1, 5)));
    }
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *id = id_of ("order", i);

      g_ptr_array_add (
          documents,
          make (id,
                "{\"kind\":\"order\",\"number\":\"%u\",\"currency\":\"CNY\","
                "\"placed_at\":\"2026-03-0%uT09:00:00Z\",\"lines\":[{\"variant\":\"v%d\","
                "\"quantity\":3,\"price\":{\"amount\":100,\"currency\":\"CNY\"}},"
                "{\"variant\":\"shared%u\",\"quantity\":1,"
                "\"price\":{\"amount\":50,\"currency\":\"CNY\"}}]}",
                i, i % 4 + 1, g_rand_int_range (rand, 0, 8), i % 3));
      for (int j = g_rand_int_range (rand, 0, 6); j > 0; j--)
        g_ptr_array_add (documents, make_event (rand, i, j));
    }
  g_ptr_array_add (documents, make ("remark:0001", "{\"kind\":\"remark\",\"flag\":\"red\"}"));
  g_ptr_array_add (documents, make ("order:9999", "{\"kind\":\"order\"}"));
  g_ptr_array_add (documents, make ("event:0002:ffff", "{\"step\":\"teleported\"}"));
  g_ptr_array_add (documents, make ("oracle:1", "{\"kind\":\"oracle\",\"says\":[1.5,null]}"));
  return documents;
}

static void
shuffle (GRand *rand, GPtrArray *documents)
{
  for (guint i = documents->len - 1; i > 0; i--)
    {
      guint j = g_rand_int_range (rand, 0, i + 1);
      gpointer held = documents->pdata[i];

      documents->pdata[i] = documents->pdata[j];
      documents->pdata[j] = held;
    }
}

/* What a person would see of stock and orders. */
static char *
describe (Fixture *fixture)
{
  static const char *const queries[] = {
    "SELECT v.id, d.id, on_hand, reserved, sold, kit FROM variant v "
    "LEFT JOIN document d ON d.number = v.product ORDER BY 1",
    "SELECT v.id, place, s.on_hand FROM stock s JOIN variant v ON v.number = s.variant ORDER BY 1, "
    "2",
    "SELECT id, status, paid, flag FROM orders ORDER BY 1",
    "SELECT d.id, n_variants, on_hand, reserved, n_out, n_oversold FROM product p "
    "JOIN document d USING (number) ORDER BY 1",
    "SELECT o.id, at, p.amount FROM payment p JOIN orders o ON o.number = p.orders ORDER BY 1, 2, "
    "3",
    "SELECT d.id FROM stuck s JOIN document d ON d.number = s.document ORDER BY 1",
  };
  g_autofree char *path = g_build_filename (fixture->folder, "stall.db", NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      sqlite3_stmt *row;

      g_assert_cmpint (sqlite3_prepare_v2 (database, queries[i], -1, &row, NULL), ==, SQLITE_OK);
      while (sqlite3_step (row) == SQLITE_ROW)
        {
          for (int j = 0; j < sqlite3_column_count (row); j++)
            g_string_append_printf (text, "%s ", sqlite3_column_text (row, j));
          g_string_append_c (text, '\n');
        }
      sqlite3_finalize (row);
    }
  sqlite3_close (database);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
start_anew (Fixture *fixture)
{
  test_close (fixture);
  test_remove_folder (fixture->folder);
  test_open (fixture, STALL_STORE_WRITE | STALL_STORE_CREATE);
}

/* In as many change sets as chance has it. */
static void
apply_all (Fixture *fixture, GRand *rand, GPtrArray *documents)
{
  for (guint i = 0; i < documents->len;)
    {
      g_autoptr (StallChangeSet) changes = stall_change_set_new ("Arrive");

      do
        stall_change_set_put (changes, g_ptr_array_index (documents, i));
      while (++i < documents->len && g_rand_int_range (rand, 0, 3) != 0);
      stall_receipt_free (test_apply (fixture, changes));
    }
}

static void
test_any_order (Fixture *fixture)
{
  for (guint32 seed = 1; seed <= 4; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) documents = make_documents (rand);
      g_autofree char *first = NULL;

      for (guint i = 0; i < N_SHUFFLES / 4; i++)
        {
          g_autofree char *text = NULL;

          start_anew (fixture);
          shuffle (rand, documents);
          apply_all (fixture, rand, documents);
          text = describe (fixture);
          if (first == NULL)
            first = g_steal_pointer (&text);
          else
            g_assert_cmpstr (text, ==, first);
          /* five products with a variant that an earlier one has, an order, an event */
          assert_set_aside (fixture, 7, "");
        }
    }
}

/* A variant of two products belongs to the one with the lesser id as long as that one has it. */
static void
test_two_products (Fixture *fixture)
{
  static const char older[] = "{\"title\":\"Cup\",\"variants\":[{\"id\":\"v\",\"sku\":\"CUP\"}]}";
  static const char newer[]
      = "{\"title\":\"Mug\",\"variants\":[{\"id\":\"v\",\"sku\":\"CUP\"},{\"id\":\"w\"}]}";
  static const char owner[]
      = "SELECT substr (d.id, -1) FROM variant v JOIN document d ON d.number = v.product "
        "WHERE v.id = 'v'";

  put (fixture, "product:2", newer);
  test_move (fixture, "v", 5, TEST_NOON);
  test_check_is_clean (fixture);
  put (fixture, "product:1", older);
  g_assert_cmpint (read_int (fixture, owner), ==, 1);
  assert_set_aside (fixture, 1, "CUP");
  g_assert_cmpint (read_int (fixture, "SELECT sum (on_hand) FROM product"), ==, 5);
  g_assert_cmpint (read_int (fixture, "SELECT n_variants FROM product WHERE id = 'product:2'"), ==,
                   1);
  delete (fixture, "product:1");
  g_assert_cmpint (read_int (fixture, owner), ==, 2);
  test_check_is_clean (fixture);
  g_assert_cmpint (read_int (fixture, "SELECT count(*) FROM stuck"), ==, 0);
}

static void
order_of (Fixture *fixture, const char *variant, int quantity, const char *step)
{
  g_autoptr (StallOrder) order = test_make_order ("1", variant, quantity, 100, TEST_NOON);
  g_autoptr (StallDocument) document = stall_order_to_document (order, "device");
  StallStep said;

  stall_receipt_free (test_put (fixture, "Order", document));
  if (stall_step_from_string (step, &said))
    test_add_event (fixture, order, said, TEST_NOON + STALL_HOUR);
}

/* A crate holds two sets, a set holds three cups: the cups are what is reserved and taken. */
static void
test_kit_in_kit (Fixture *fixture)
{
  put (fixture, "product:crate",
       "{\"variants\":[{\"id\":\"crate\"}],\"kit\":[{\"variant\":\"set\",\"quantity\":2}]}");
  order_of (fixture, "crate", 1, NULL);
  put (fixture, "product:set",
       "{\"variants\":[{\"id\":\"set\"}],\"kit\":[{\"variant\":\"cup\",\"quantity\":3}]}");
  put (fixture, "product:cup", "{\"variants\":[{\"id\":\"cup\"}]}");
  test_move (fixture, "cup", 20, TEST_NOON);
  assert_variant (fixture, "cup", 20, 6);
  assert_variant (fixture, "set", 6, 2);
  assert_variant (fixture, "crate", 3, 1);
  order_of (fixture, "crate", 2, "shipped");
  assert_variant (fixture, "cup", 8, 6);
  assert_variant (fixture, "crate", 1, 1);
  test_check_is_clean (fixture);
  put (fixture, "product:set", "{\"variants\":[{\"id\":\"set\"}]}");
  assert_variant (fixture, "cup", 20, 0);
  assert_variant (fixture, "set", -4, 2);
  test_check_is_clean (fixture);
}

static void
test_kit_holds_itself (Fixture *fixture)
{
  put (fixture, "product:1",
       "{\"variants\":[{\"id\":\"a\"}],\"kit\":[{\"variant\":\"b\"},{\"variant\":\"cup\"}]}");
  put (fixture, "product:2",
       "{\"variants\":[{\"id\":\"b\"}],\"kit\":[{\"variant\":\"a\",\"quantity\":1000000}]}");
  put (fixture, "product:3", "{\"variants\":[{\"id\":\"c\"}],\"kit\":[{\"variant\":\"c\"}]}");
  put (fixture, "product:4", "{\"variants\":[{\"id\":\"cup\"}]}");
  test_move (fixture, "cup", 4, TEST_NOON);
  order_of (fixture, "a", 1, NULL);
  order_of (fixture, "c", 1, "shipped");
  assert_variant (fixture, "a", 4, 1);
  assert_variant (fixture, "c", 0, 0);
  test_check_is_clean (fixture);
}

/* --- absurd and unknown --- */

static void
test_absurd_amounts (Fixture *fixture)
{
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *order = id_of ("order", i);
      g_autofree char *movement = id_of ("movement", i);
      g_autofree char *event = g_strdup_printf ("event:sane:%u", i);

      put (
          fixture, order,
          "{\"number\":\"1\",\"currency\":\"CNY\",\"placed_at\":\"2026-03-01T12:00:00Z\",\"lines\":"
          "[{\"variant\":\"v\",\"quantity\":1,\"price\":{\"amount\":900000000000000000,"
          "\"currency\":\"CNY\"}}]}");
      put (fixture, movement,
           "{\"variant\":\"v\",\"quantity\":2000000000,\"at\":\"2026-03-01T12:00:00Z\"}");
      put (fixture, event,
           "{\"order\":\"order:sane\",\"step\":\"paid\",\"at\":\"2026-03-01T12:00:00Z\","
           "\"money\":{\"amount\":900000000000000000,\"currency\":\"CNY\"}}");
    }
  put (fixture, "order:sane",
       "{\"number\":\"1\",\"currency\":\"CNY\",\"placed_at\":\"2026-03-01T12:00:00Z\"}");
  g_assert_cmpint (read_int (fixture, "SELECT count(*) FROM orders"), ==, 1);
  g_assert_cmpint (read_int (fixture, "SELECT coalesce (sum (paid), 0) FROM orders"), ==, 0);
  assert_set_aside (fixture, 36, "");
}

/* What this version cannot read or does not show comes back to the byte, also from a backup. */
static void
test_unknown_is_kept (Fixture *fixture)
{
  static const char *const documents[][2] = {
    { "oracle:1", "{ \"kind\" : \"oracle\", \"n\": 12345678901234567890123, \"x\":1.50 }" },
    { "poll:1", "{\"question\":\"淡紫\",\"options\":[{\"new\":{\"deep\":[null,true]}}]}" },
    { "nothing", "[]" },
    { "order:x", "{\"lines\":7}" },
    { "product:x", "not even JSON" },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "all.stall", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    put (fixture, documents[i][0], documents[i][1]);
  g_assert_true (dex_await (stall_store_backup (fixture->store, path), &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      test_assert_body (fixture->store, documents[i][0], documents[i][1]);
      delete (fixture, documents[i][0]);
    }
  g_assert_cmpint (read_int (fixture, "SELECT count(*) FROM stuck"), ==, 0);
  test_close (fixture);
  g_assert_true (dex_await (stall_store_restore (fixture->folder, path), &error));
  g_assert_no_error (error);
  test_open (fixture, STALL_STORE_WRITE);
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    test_assert_body (fixture->store, documents[i][0], documents[i][1]);
  assert_set_aside (fixture, 2, "");
}

/* Orders whose ids hold colons keep their own events. */
static void
test_colons (Fixture *fixture)
{
  static const char order[] = "{\"number\":\"1\",\"currency\":\"CNY\",\"placed_at\":"
                              "\"2026-03-01T12:00:00Z\",\"charges\":[{\"amount\":{\"amount\":300,"
                              "\"currency\":\"CNY\"}}]}";

  put (fixture, "order:a:b", order);
  put (fixture, "order:a", order);
  put (fixture, "event:a:b:1",
       "{\"order\":\"order:a:b\",\"step\":\"paid\",\"at\":\"2026-03-01T12:00:00Z\"}");
  put (fixture, "remark:a:b", "{\"flag\":\"red\"}");
  put (fixture, "remark:a", "{\"text\":\"nothing\"}");
  g_assert_cmpint (read_int (fixture, "SELECT paid FROM orders WHERE id = 'order:a:b'"), ==, 300);
  g_assert_cmpint (read_int (fixture, "SELECT paid FROM orders WHERE id = 'order:a'"), ==, 0);
  g_assert_cmpint (read_int (fixture, "SELECT flag > 0 FROM orders WHERE id = 'order:a:b'"), ==, 1);
  test_check_is_clean (fixture);
}

/* What is said of an order stands far before it. */
static void
test_event_long_before (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Cup", "C", 100);
  g_autoptr (StallOrder) late = test_make_order ("late", variant, 1, 100, TEST_NOON);
  g_autoptr (StallDocument) document = stall_order_to_document (late, "device");
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Many");

  test_add_event (fixture, late, STALL_STEP_SHIPPED, TEST_NOON + 1);
  for (guint i = 0; i < 4200; i++)
    {
      g_autoptr (StallOrder) order = test_make_order ("1", variant, 1, 100, TEST_NOON);
      g_autoptr (StallDocument) other = stall_order_to_document (order, "device");

      stall_change_set_put (changes, other);
    }
  stall_change_set_put (changes, document);
  stall_receipt_free (test_apply (fixture, changes));
  assert_variant (fixture, variant, -1, 4200);
  test_check_is_clean (fixture);
}

/* --- failures --- */

static GPtrArray *
failing_source (gpointer data, GError **error)
{
  guint *n_asked = data;

  (*n_asked)++;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the file is gone");
  return NULL;
}

/* A change set that could not be written can be tried again; one that was read from elsewhere says
 * that it cannot. */
static void
test_again_after_failure (Fixture *fixture)
{
  g_autoptr (StallProduct) product = test_make_product ("Cup", "C", 100);
  g_autoptr (StallDocument) document = stall_product_to_document (product, "device");
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Add");
  g_autoptr (StallChangeSet) streamed = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  guint n_asked = 0;

  stall_change_set_put (changes, document);
  run_sql (fixture, "CREATE TRIGGER refuse BEFORE INSERT ON document BEGIN SELECT RAISE (ABORT, "
                    "'no'); END");
  g_assert_null (dex_await_boxed (stall_store_apply (fixture->store, changes), &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  run_sql (fixture, "DROP TRIGGER refuse");
  receipt = test_apply (fixture, changes);
  g_assert_cmpuint (receipt->added, ==, 1);
  test_check_is_clean (fixture);

  streamed = stall_change_set_new_from_source ("Stream", failing_source, &n_asked, NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_null (dex_await_boxed (stall_store_apply (fixture->store, streamed), &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
  g_assert_cmpuint (n_asked, ==, 1);
}

/* The version that an edit began from is not kept any more: both edits stay, none is lost. */
static void
test_edit_without_base (Fixture *fixture)
{
  g_autoptr (StallDocument) loaded = NULL;
  g_autoptr (StallDocument) edited = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"title\":\"Mine\"}", 16);

  put (fixture, "product:1", "{\"title\":\"Cup\"}");
  loaded = dex_await_object (stall_store_load (fixture->store, "product:1"), &error);
  g_assert_no_error (error);
  put (fixture, "product:1", "{\"title\":\"Theirs\"}");
  put (fixture, "product:1", "{\"title\":\"Theirs again\"}");
  run_sql (fixture, "UPDATE revision SET body = NULL WHERE generation = 1");
  edited = stall_document_new_revision ("product:1", body, stall_document_get_revision (loaded),
                                        FALSE);
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&receipt, stall_receipt_free);
      receipt = test_put (fixture, "Edit", edited);
      g_assert_cmpint (read_int (fixture, "SELECT count(*) FROM revision WHERE leaf"), ==, 2);
      g_assert_cmpint (read_int (fixture, "SELECT conflicts FROM document"), ==, 1);
    }
  test_assert_body (fixture->store, "product:1", "{\"title\":\"Theirs again\"}");
  test_check_is_clean (fixture);
}

/* The present stall cannot be put aside whole: it stays where it is, its log with it. */
static void
test_restore_puts_back (Fixture *fixture)
{
  g_autofree char *backup = g_build_filename (fixture->folder, "one.stall", NULL);
  g_autofree char *backups = g_build_filename (fixture->folder, "backups", NULL);
  g_autofree char *database = g_build_filename (fixture->folder, "stall.db", NULL);
  g_autofree char *log = g_strconcat (database, "-wal", NULL);
  g_autofree char *shared = g_strconcat (database, "-shm", NULL);
  g_autofree char *log_content = NULL, *content = NULL;
  gsize log_size, size;
  g_autoptr (GError) error = NULL;

  g_assert_true (dex_await (stall_store_backup (fixture->store, backup), &error));
  put (fixture, "product:1", "{\"title\":\"Cup\"}");
  /* as after a crash: the log was not taken over */
  g_assert_true (g_file_get_contents (database, &content, &size, NULL));
  g_assert_true (g_file_get_contents (log, &log_content, &log_size, NULL));
  test_close (fixture);
  g_assert_true (g_file_set_contents (database, content, size, NULL));
  g_assert_true (g_file_set_contents (log, log_content, log_size, NULL));
  g_assert_cmpint (g_mkdir_with_parents (backups, 0700), ==, 0);
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();
      g_autoptr (GDateTime) then = g_date_time_add_seconds (now, i);
      g_autofree char *name
          = g_date_time_format (then, "%Y-%m-%d %H-%M-%S before-restore.stall-shm");
      g_autofree char *path = g_build_filename (backups, name, NULL);

      g_mkdir (path, 0700);
    }
  g_assert_true (g_file_set_contents (shared, "", 0, NULL));
  g_assert_false (dex_await (stall_store_restore (fixture->folder, backup), &error));
  g_assert_nonnull (error);
  test_open (fixture, STALL_STORE_WRITE);
  test_assert_body (fixture->store, "product:1", "{\"title\":\"Cup\"}");
}

int
main (int argc, char *argv[])
{
  dex_init ();
  (void) dex_thread_pool_scheduler_get_default ();
  g_test_init (&argc, &argv, NULL);

  test_add ("/arrival/any-order", test_any_order);
  test_add ("/arrival/two-products", test_two_products);
  test_add ("/arrival/kit-in-kit", test_kit_in_kit);
  test_add ("/arrival/kit-holds-itself", test_kit_holds_itself);
  test_add ("/arrival/absurd-amounts", test_absurd_amounts);
  test_add ("/arrival/unknown-is-kept", test_unknown_is_kept);
  test_add ("/arrival/colons", test_colons);
  test_add ("/arrival/event-long-before", test_event_long_before);
  test_add ("/arrival/again-after-failure", test_again_after_failure);
  test_add ("/arrival/edit-without-base", test_edit_without_base);
  test_add ("/arrival/restore-puts-back", test_restore_puts_back);
  return g_test_run ();
}
