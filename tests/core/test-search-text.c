/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-search-text.h"

#include <sqlite3.h>
#include <string.h>

static const struct
{
  const char *text;
  const char *tokens;
  const char *query;
} cases[] = {
  { "Lilac suit", "lilac suit", "\"lilac\"* \"suit\"*" },
  { "CAFÉ Crème brûlée", "cafe creme brulee", "\"cafe\"* \"creme\"* \"brulee\"*" },
  { "Ελλάδα Ёлка", "ελλαδα елка", "\"ελλαδα\"* \"елка\"*" },
  { "Straße", "strasse", "\"strasse\"*" },
  { "İstanbul", "istanbul", "\"istanbul\"*" },
  { "ＬＳ－０１", "ls 01", "\"ls 01\"*" },
  { "LS-01/A", "ls 01 a", "\"ls 01 a\"*" },
  { "茶", "茶", "\"茶\"*" },
  { "茶杯", "茶杯 杯", "\"茶杯\"" },
  { "手工茶杯", "手工 工茶 茶杯 杯", "\"手工 工茶 茶杯\"" },
  { "手工 茶杯", "手工 工 茶杯 杯", "\"手工\" \"茶杯\"" },
  { "浅春系，M码", "浅春 春系 系 m 码", "\"浅春 春系\" \"m\"* \"码\"*" },
  { "茶杯LS-01红", "茶杯 杯 ls 01 红", "\"茶杯\" \"ls 01\"* \"红\"*" },
  { "コーヒーカップ", "コー ーヒ ヒー ーカ カッ ップ プ", "\"コー ーヒ ヒー ーカ カッ ップ\"" },
  { "ｺｰﾋｰ", "コー ーヒ ヒー ー", "\"コー ーヒ ヒー\"" },
  { "がま口", "がま ま口 口", "\"がま ま口\"" },
  { "손뜨개 가방", "손뜨 뜨개 개 가방 방", "\"손뜨 뜨개\" \"가방\"" },
  { "𠮷野", "𠮷野 野", "\"𠮷野\"" },
  { "豈", "豈", "\"豈\"*" },
  { "\"a\" OR b* NEAR(c) col:d -e", "a or b near c col d e",
    "\"a\"* \"or\"* \"b\"* \"near c\"* \"col d\"* \"e\"*" },
  { " … ， ", "", NULL },
  { "", "", NULL },
  { NULL, "", NULL },
};

static void
test_tokens (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *tokens = stall_search_text (cases[i].text);
      g_autofree char *query = stall_search_query (cases[i].text);

      g_assert_cmpstr (tokens, ==, cases[i].tokens);
      g_assert_cmpstr (query, ==, cases[i].query);
    }
}

static void
test_invalid_utf8 (void)
{
  g_autofree char *tokens = stall_search_text ("caf\xe9 茶\xe6");
  g_autofree char *query = stall_search_query ("\xff\xfe");

  g_assert_cmpstr (tokens, ==, "caf 茶");
  g_assert_null (query);
}

static void
test_bounded (void)
{
  g_autofree char *typed = g_strnfill (100000, 'x');
  g_autofree char *query = stall_search_query (typed);

  g_assert_cmpuint (strlen (query), ==, 200 + strlen ("\"\"*"));
}

static sqlite3 *
open_table (void)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "CREATE VIRTUAL TABLE search USING fts5 "
                                 "(text, tokenize = \"unicode61 remove_diacritics 0\")",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  return db;
}

static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql, const char *value)
{
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  sqlite3_bind_text (statement, 1, value, -1, SQLITE_TRANSIENT);
  return statement;
}

static void
add (sqlite3 *db, const char *text)
{
  g_autofree char *tokens = stall_search_text (text);
  sqlite3_stmt *statement = prepare (db, "INSERT INTO search VALUES (?)", tokens);

  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
}

/* Runs what is typed as a query; -1 when there is nothing to ask. */
static int
count (sqlite3 *db, const char *typed)
{
  g_autofree char *query = stall_search_query (typed);
  sqlite3_stmt *statement;
  int n;

  if (query == NULL)
    return -1;
  statement = prepare (db, "SELECT count(*) FROM search WHERE search MATCH ?", query);
  if (sqlite3_step (statement) != SQLITE_ROW)
    g_error ("%s: %s", query, sqlite3_errmsg (db));
  n = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return n;
}

static const struct
{
  const char *text;
  const char *typed;
  gboolean found;
} search_cases[] = {
  { "手工茶杯，青瓷", "茶", TRUE },
  { "手工茶杯，青瓷", "杯", TRUE },
  { "手工茶杯，青瓷", "瓷", TRUE },
  { "手工茶杯，青瓷", "手工", TRUE },
  { "手工茶杯，青瓷", "工茶杯", TRUE },
  { "手工茶杯，青瓷", "青瓷 手工", TRUE },
  { "手工茶杯，青瓷", "手茶", FALSE },
  { "手工茶杯，青瓷", "杯青", FALSE },
  { "White hanging heart T-light holder", "hea", TRUE },
  { "White hanging heart T-light holder", "t-light", TRUE },
  { "White hanging heart T-light holder", "T-li", TRUE },
  { "White hanging heart T-light holder", "holder wh", TRUE },
  { "White hanging heart T-light holder", "eart", FALSE },
  { "Café", "cafe", TRUE },
  { "Cafe", "café", TRUE },
  { "85123A", "85123", TRUE },
  { "85123A", "85123a", TRUE },
  { "85123A", "5123", FALSE },
  { "尺码XL红色", "xl", TRUE },
  { "尺码XL红色", "XL红色", TRUE },
  { "𠮷野杉", "𠮷", TRUE },
  { "𠮷野杉", "野杉", TRUE },
};

static void
test_search (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (search_cases); i++)
    {
      sqlite3 *db = open_table ();

      add (db, search_cases[i].text);
      g_assert_cmpint (count (db, search_cases[i].typed), ==, search_cases[i].found);
      sqlite3_close (db);
    }
}

/* Whatever is typed is a valid query, and each text is found by itself. */
static void
test_any_text (void)
{
  static const char *const pieces[]
      = { "a",  "É", "茶", "杯", "が", "한", "𠮷", "7", " ",  "\"", "*", "(",   ")",
          "OR", "-", ":",  "^",  "+",  "{",  "}",  "'", "，", "\t", "é", "NOT", "\xff" };
  sqlite3 *db = open_table ();

  for (guint i = 0; i < 400; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      int n;

      for (guint j = g_test_rand_int_range (0, 12); j > 0; j--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      add (db, text->str);
      n = count (db, text->str);
      if (n == 0)
        g_error ("“%s” does not find itself", text->str);
    }
  sqlite3_close (db);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search-text/tokens", test_tokens);
  g_test_add_func ("/search-text/invalid-utf8", test_invalid_utf8);
  g_test_add_func ("/search-text/bounded", test_bounded);
  g_test_add_func ("/search-text/search", test_search);
  g_test_add_func ("/search-text/any-text", test_any_text);
  return g_test_run ();
}
