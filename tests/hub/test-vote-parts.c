/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the audience page is made of, case by case. */

#include "config.h"

#include "stall-html-writer.h"
#include "stall-rate-limit.h"
#include "stall-small-picture.h"
#include "stall-variant.h"
#include "stall-vote-form.h"
#include "stall-vote-page.h"
#include "stall-vote-token.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

#define KEY "0123456789abcdef0123456789abcdef"
#define DEVICE "00112233445566778899aabbccddeeff"

/* --- HTML --- */

static void
test_html_text (void)
{
  static const struct
  {
    const char *text;
    const char *html;
  } cases[] = {
    { "Lilac", "Lilac" },
    { NULL, "" },
    { "<script>alert('1')</script>", "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;" },
    { "a\" onload=\"b", "a&quot; onload=&quot;b" },
    { "&lt;", "&amp;lt;" },
    { "丁香 · 🪻", "丁香 · 🪻" },
    { "two\nlines\tand\ta\rbell\a", "two\nlines\tand\tabell" },
    { "not \xff UTF-8", "not \xef\xbf\xbd UTF-8" },
    { "cut \xe4\xb8", "cut \xef\xbf\xbd\xef\xbf\xbd" },
    { "right\u202eot tfel\u2066x\u2069", "rightot tfelx" },
    { "C1 \xc2\x85\xc2\x9f controls", "C1  controls" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) html = g_string_new (NULL);

      stall_html_writer_text (html, cases[i].text);
      g_assert_cmpstr (html->str, ==, cases[i].html);
    }
}

static void
test_html_add (void)
{
  g_autoptr (GString) html = g_string_new ("<p>");

  stall_html_writer_add (html, "<b title=\"%s\">%s</b> 100%% %s", "\"", "<%s>", "&");
  g_assert_cmpstr (html->str, ==, "<p><b title=\"&quot;\">&lt;%s&gt;</b> 100% &amp;");
}

/* --- the form --- */

static void
test_form (void)
{
  static const struct
  {
    const char *body;
    const char *option; /* NULL: not our form */
    const char *token;
  } cases[] = {
    { "option=a&token=b", "a", "b" },
    { "token=b&option=a", "a", "b" },
    { "option=a%20b+c&token=%E4%B8%81", "a b c", "丁" },
    { "option=a&token=b&more=c&option2=d", "a", "b" },
    { "option=a=b&token=c", "a=b", "c" },
    { "", NULL, NULL },
    { "option=a", NULL, NULL },
    { "token=b", NULL, NULL },
    { "option=&token=b", NULL, NULL },
    { "option=a&token=", NULL, NULL },
    { "option=a&option=b&token=c", NULL, NULL },
    { "option=a&token=b&token=b", NULL, NULL },
    { "option=%&token=b", NULL, NULL },
    { "option=%00&token=b", NULL, NULL },
    { "option=%ff&token=b", NULL, NULL },
    { "option=a%2&token=b", NULL, NULL },
    { "Option=a&token=b", NULL, NULL },
    { "&&&&&&&&&&&&&&&&&&&&option=a&token=b", NULL, NULL },
  };
  g_autofree char *option = NULL;
  g_autofree char *token = NULL;
  g_autofree char *long_body = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_clear_pointer (&option, g_free);
      g_clear_pointer (&token, g_free);
      g_assert_cmpint (
          stall_vote_form_parse (cases[i].body, strlen (cases[i].body), &option, &token), ==,
          cases[i].option != NULL);
      g_assert_cmpstr (option, ==, cases[i].option);
      g_assert_cmpstr (token, ==, cases[i].token);
    }
  g_assert_false (stall_vote_form_parse (NULL, 0, &option, &token));
  g_assert_false (stall_vote_form_parse ("option=a\0&token=b", 17, &option, &token));
  long_body = g_strnfill (STALL_VOTE_FORM_MAX + 1, 'x');
  memcpy (long_body, "option=a&token=b&", 17);
  g_assert_false (stall_vote_form_parse (long_body, STALL_VOTE_FORM_MAX + 1, &option, &token));
  g_assert_true (stall_vote_form_parse (long_body, STALL_VOTE_FORM_MAX, &option, &token));
}

/* --- the cookie --- */

static void
test_cookie (void)
{
  g_autofree char *cookie = stall_vote_token_make_cookie (KEY, DEVICE);
  g_autofree char *other = stall_vote_token_make_cookie ("another key", DEVICE);
  g_autofree char *upper = g_ascii_strup (cookie, -1);
  const struct
  {
    const char *format;
    const char *value;
    gboolean good;
  } cases[] = {
    { "stall-voter=%s", cookie, TRUE },
    { "  stall-voter=%s ", cookie, TRUE },
    { "a=b; stall-voter=%s; c=d", cookie, TRUE },
    { "stall-voter=forged; stall-voter=%s", cookie, TRUE },
    { "stall-voter=%s", other, FALSE },
    { "stall-voter=%s", upper, FALSE },
    { "stall-voter=%sx", cookie, FALSE },
    { "stall-voter=x%s", cookie, FALSE },
    { "stall-voter=\"%s\"", cookie, FALSE },
    { "Stall-Voter=%s", cookie, FALSE },
    { "xstall-voter=%s", cookie, FALSE },
    { "stall-voter =%s", cookie, FALSE },
    { "stall-voter=%s", DEVICE, FALSE },
    { "stall-voter=%s", DEVICE ".", FALSE },
    { "stall-voter=%s", "", FALSE },
    { "%s", "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) around = g_strsplit (cases[i].format, "%s", 2);
      g_autofree char *header = g_strconcat (around[0], cases[i].value, around[1], NULL);
      g_autofree char *device = stall_vote_token_read_cookie (KEY, header);

      g_assert_cmpstr (device, ==, cases[i].good ? DEVICE : NULL);
    }
  g_assert_null (stall_vote_token_read_cookie (KEY, NULL));
}

/* Whatever one character of a cookie becomes, it is forged; so is a header of any length. */
static void
test_cookie_forged (void)
{
  g_autofree char *cookie = stall_vote_token_make_cookie (KEY, DEVICE);
  g_autofree char *long_header = g_strnfill (8192, ';');

  for (gsize i = 0; cookie[i] != '\0'; i++)
    for (const char *c = "0f.A "; *c != '\0'; c++)
      {
        g_autofree char *forged = g_strconcat (STALL_VOTE_COOKIE "=", cookie, NULL);
        g_autofree char *device = NULL;

        if (cookie[i] == *c)
          continue;
        forged[strlen (STALL_VOTE_COOKIE "=") + i] = *c;
        device = stall_vote_token_read_cookie (KEY, forged);
        g_assert_null (device);
      }
  memcpy (long_header, STALL_VOTE_COOKIE "=", strlen (STALL_VOTE_COOKIE "="));
  memcpy (long_header + strlen (STALL_VOTE_COOKIE "="), cookie, strlen (cookie));
  g_assert_null (stall_vote_token_read_cookie (KEY, long_header));
  long_header[2048] = '\0';
  g_free (cookie);
  cookie = stall_vote_token_read_cookie (KEY, long_header);
  g_assert_cmpstr (cookie, ==, DEVICE);
}

static void
test_tokens (void)
{
  g_autofree char *one = stall_vote_token_new_device ();
  g_autofree char *other = stall_vote_token_new_device ();
  g_autofree char *voter = stall_vote_token_make_voter (KEY, "poll:a", DEVICE);
  g_autofree char *elsewhere = stall_vote_token_make_voter (KEY, "poll:b", DEVICE);
  g_autofree char *form = stall_vote_token_make_form (KEY, "poll:a", DEVICE);
  g_autofree char *joined = stall_vote_token_make_form (KEY, "poll:a" DEVICE, "");
  g_autofree char *path = stall_vote_token_make_path (KEY, "poll:a");
  g_autofree char *again = stall_vote_token_make_path (KEY, "poll:a");

  g_assert_cmpuint (strlen (one), ==, 32);
  g_assert_cmpstr (one, !=, other);
  g_assert_cmpstr (voter, !=, elsewhere);
  g_assert_cmpstr (voter, !=, form);
  g_assert_cmpstr (form, !=, joined);
  g_assert_null (strstr (voter, DEVICE));
  g_assert_cmpuint (strlen (path), ==, 20);
  g_assert_cmpstr (path, ==, again);
  g_assert_true (stall_vote_token_equal ("abc", "abc"));
  g_assert_false (stall_vote_token_equal ("abc", "abd"));
  g_assert_false (stall_vote_token_equal ("abc", "ab"));
  g_assert_false (stall_vote_token_equal ("ab", "abc"));
  g_assert_false (stall_vote_token_equal ("", "abc"));
}

/* --- words --- */

static void
test_words (void)
{
  static const struct
  {
    const char *accept;
    const char *language;
  } cases[] = {
    { NULL, "en" },
    { "", "en" },
    { "de", "en" },
    { "zh", "zh-CN" },
    { "ZH-Hans-CN", "zh-CN" },
    { "zh-CN,zh;q=0.9,en;q=0.8", "zh-CN" },
    { "en;q=0.8,zh;q=0.9", "zh-CN" },
    { "en-GB,zh", "en" },
    { "de, zh;q=0.1", "zh-CN" },
    { "zh;q=0", "en" },
    { "zh;q=oops, en;q=0.1", "en" },
    { ";;;,,,q=,", "en" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (
        stall_vote_words_get (stall_vote_words_choose (cases[i].accept), STALL_WORD_LANGUAGE), ==,
        cases[i].language);
  for (int word = 0; word < STALL_N_WORDS; word++)
    {
      const char *english = stall_vote_words_get (stall_vote_words_choose ("en"), word);
      const char *chinese = stall_vote_words_get (stall_vote_words_choose ("zh"), word);

      g_assert_true (english != NULL && *english != '\0');
      g_assert_true (chinese != NULL && *chinese != '\0');
      g_assert_cmpstr (english, !=, chinese);
    }
}

/* --- the limit --- */

static gboolean
take (StallRateLimit *limit, const char *text, double cost, StallTime now)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  return stall_rate_limit_take (limit, address, cost, now);
}

static void
test_rate_limit (void)
{
  g_autoptr (StallRateLimit) limit = stall_rate_limit_new (2, 10);

  for (guint i = 0; i < 10; i++)
    g_assert_true (take (limit, "192.168.0.1", 1, 1000));
  g_assert_false (take (limit, "192.168.0.1", 1, 1000));
  g_assert_true (take (limit, "192.168.0.2", 10, 1000));
  g_assert_false (take (limit, "::ffff:192.168.0.1", 1, 1000));
  /* Half a second gives one back; a night gives no more than there was. */
  g_assert_false (take (limit, "192.168.0.1", 1, 1499));
  g_assert_true (take (limit, "192.168.0.1", 1, 1501));
  g_assert_false (take (limit, "192.168.0.1", 1, 1501));
  g_assert_true (take (limit, "192.168.0.1", 10, 36000000));
  g_assert_false (take (limit, "192.168.0.1", 1, 36000000));

  /* Who has a whole IPv6 network has one share of it. */
  g_assert_true (take (limit, "fd00::1", 10, 0));
  g_assert_false (take (limit, "fd00::2", 1, 0));
  g_assert_true (take (limit, "fd00:0:0:1::1", 1, 0));
}

/* However many addresses ask, memory has an end, and so has what one may ask for. */
static void
test_rate_limit_crowd (void)
{
  g_autoptr (StallRateLimit) limit = stall_rate_limit_new (0, 1);

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *text = g_strdup_printf ("10.0.%u.%u", i / 256, i % 256);

      g_assert_true (take (limit, text, 1, 0));
      g_assert_false (take (limit, text, 1, 0));
    }
}

/* --- pages --- */

static StallPollFigures *
make_figures (const char *question, const char *label, guint n_options)
{
  StallPollFigures *figures = g_new0 (StallPollFigures, 1);
  g_autoptr (GPtrArray) options = NULL;

  figures->poll = stall_poll_new ();
  figures->n_options = n_options;
  figures->options = g_new0 (StallPollOptionFigures, n_options);
  options = stall_poll_dup_options (figures->poll);
  for (guint i = 0; i < n_options; i++)
    {
      StallPollOption *option = stall_poll_option_new (label);

      option->price = 80000;
      option->currency = g_strdup ("CNY");
      g_ptr_array_add (options, option);
      figures->options[i].cover = g_strdup ("md5-0123456789abcdefghijkA==");
    }
  stall_poll_set_question (figures->poll, question);
  stall_poll_set_options (figures->poll, options);
  figures->tally = stall_tally_new (figures->poll);
  figures->decisions = g_ptr_array_new_with_free_func (g_object_unref);
  figures->state = STALL_POLL_OPEN;
  return figures;
}

/* The longest page there can be: ten options, every word as long as anybody sent it, all of it
 * escaped. */
static void
test_page_size (void)
{
  g_autofree char *long_text = g_strnfill (100000, '"');
  g_autoptr (StallPollFigures) figures
      = make_figures (long_text, long_text, STALL_POLL_MAX_OPTIONS);
  const char *chosen = stall_poll_get_option (figures->poll, 0)->id;
  g_autofree char *page = stall_vote_page_write (figures, "0123456789abcdef0123", chosen, KEY, 1);
  g_autofree char *screen = stall_vote_page_write_screen (figures, "0123456789abcdef0123", 1);

  g_test_message ("the longest page has %zu bytes, its style %zu", strlen (page),
                  strlen (stall_vote_page_get_style ()));
  g_assert_cmpuint (strlen (page) + strlen (stall_vote_page_get_style ()), <, 50000);
  g_assert_cmpuint (strlen (screen) + strlen (stall_vote_page_get_style ()), <, 50000);
  g_assert_nonnull (strstr (page, "&quot;…"));
}

static void
test_page (void)
{
  g_autoptr (StallPollFigures) figures = make_figures ("<b>Which?</b>", "A&B", 2);
  g_autofree char *page = stall_vote_page_write (figures, "path", NULL, KEY, 0);
  g_autofree char *screen = stall_vote_page_write_screen (figures, "path", 0);
  g_autofree char *closed = NULL;
  g_autofree char *counted = NULL;

  g_assert_nonnull (strstr (screen, "/path/picture/1"));
  g_assert_nonnull (strstr (screen, "<a href=\"stall:poll:"));
  g_assert_nonnull (strstr (page, "<html lang=\"en\">"));
  g_assert_nonnull (strstr (page, "&lt;b&gt;Which?&lt;/b&gt;"));
  g_assert_nonnull (strstr (page, "A&amp;B"));
  g_assert_nonnull (strstr (page, "/path/picture/1"));
  g_assert_null (strstr (page, "<script"));
  g_assert_null (strstr (page, "style=\""));
  g_assert_null (strstr (page, "://"));
  g_assert_null (strstr (page, "<progress"));
  figures->state = STALL_POLL_CLOSED;
  closed = stall_vote_page_write (figures, "path", NULL, KEY, 0);
  g_assert_null (strstr (closed, "<form"));
  g_assert_null (strstr (closed, "Your vote counts"));
  g_assert_nonnull (strstr (closed, "<progress"));
  counted = stall_vote_page_write (figures, "path", stall_poll_get_option (figures->poll, 0)->id,
                                   KEY, 0);
  g_assert_nonnull (strstr (counted, "Your vote counts. This poll has closed."));
}

/* --- pictures --- */

typedef struct
{
  char *folder;
  char *path;
} Picture;

static void
set_up_picture (Picture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("stall-hub.XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "picture", NULL);
}

static void
tear_down_picture (Picture *self, gconstpointer data)
{
  g_unlink (self->path);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

/* Every pixel is another: what compresses worst. */
static void
write_noise (Picture *self, int width, int height, gboolean alpha)
{
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, width, height);
  guint8 *bytes = gdk_pixbuf_get_pixels (pixels);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (gsize i = 0; i < gdk_pixbuf_get_byte_length (pixels); i++)
    bytes[i] = (guint8) g_rand_int (rand);
  g_assert_true (gdk_pixbuf_save (pixels, self->path, "png", NULL, NULL));
}

static GdkPixbuf *
make_small (Picture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = stall_small_picture_make (self->path, &error);
  g_autoptr (GInputStream) stream = NULL;
  GdkPixbuf *small;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), <=, STALL_SMALL_PICTURE_MAX_BYTES);
  g_assert_cmpint (memcmp (g_bytes_get_data (bytes, NULL), "\xff\xd8\xff", 3), ==, 0);
  stream = g_memory_input_stream_new_from_bytes (bytes);
  small = gdk_pixbuf_new_from_stream (stream, NULL, &error);
  g_assert_no_error (error);
  return small;
}

static void
test_picture_sizes (Picture *self, gconstpointer data)
{
  static const int cases[][4] = {
    { 3000, 4000, 360, 480 }, { 2000, 900, 360, 480 }, { 500, 3000, 360, 480 },
    { 360, 480, 360, 480 },   { 90, 120, 90, 120 },    { 120, 90, 68, 90 },
    { 3, 900, 3, 4 },         { 1, 1, 1, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GdkPixbuf) small = NULL;

      write_noise (self, cases[i][0], cases[i][1], FALSE);
      small = make_small (self);
      g_assert_cmpint (ABS (gdk_pixbuf_get_width (small) - cases[i][2]), <=, 1);
      g_assert_cmpint (ABS (gdk_pixbuf_get_height (small) - cases[i][3]), <=, 1);
    }
}

/* Nothing behind a picture is white, not black. */
static void
test_picture_transparent (Picture *self, gconstpointer data)
{
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 60, 80);
  g_autoptr (GdkPixbuf) small = NULL;

  gdk_pixbuf_fill (pixels, 0x00000000);
  g_assert_true (gdk_pixbuf_save (pixels, self->path, "png", NULL, NULL));
  small = make_small (self);
  g_assert_cmpint (gdk_pixbuf_get_pixels (small)[0], >, 250);
  write_noise (self, 400, 600, TRUE);
  g_clear_object (&small);
  small = make_small (self);
  g_assert_false (gdk_pixbuf_get_has_alpha (small));
}

/* A telephone that lay on its side. */
static void
test_picture_turned (Picture *self, gconstpointer data)
{
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 800, 600);
  g_autoptr (GdkPixbuf) small = NULL;
  g_autofree char *jpeg = NULL;
  g_autoptr (GString) turned = NULL;
  /* APP1 with one tag: orientation 6, turn right. */
  static const char exif[]
      = "\xff\xe1\x00\x22"
        "Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
  gsize size;

  gdk_pixbuf_fill (pixels, 0x0000ffff);
  {
    g_autoptr (GdkPixbuf) left = gdk_pixbuf_new_subpixbuf (pixels, 0, 0, 400, 600);

    gdk_pixbuf_fill (left, 0xff0000ff);
  }
  g_assert_true (gdk_pixbuf_save_to_buffer (pixels, &jpeg, &size, "jpeg", NULL, NULL));
  turned = g_string_new_len (jpeg, 2);
  g_string_append_len (turned, exif, sizeof exif - 1);
  g_string_append_len (turned, jpeg + 2, (gssize) size - 2);
  g_assert_true (g_file_set_contents (self->path, turned->str, (gssize) turned->len, NULL));
  small = make_small (self);
  g_assert_cmpint (gdk_pixbuf_get_width (small), ==, 360);
  g_assert_cmpint (gdk_pixbuf_get_height (small), ==, 480);
  /* What was left is on top now. */
  g_assert_cmpint (gdk_pixbuf_get_pixels (small)[0], >, 200);
  g_assert_cmpint (gdk_pixbuf_get_pixels (small)[470 * gdk_pixbuf_get_rowstride (small)], <, 60);
}

static void
test_picture_bad (Picture *self, gconstpointer data)
{
  /* A PNG that says it has 300 megapixels, and none of them. */
  static const char huge[]
      = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x4e\x20\0\0\x3a\x98\x08\x02\0\0\0\0\0\0\0";
  const struct
  {
    const char *data;
    gsize size;
  } cases[]
      = { { "", 0 }, { "not a picture", 13 }, { huge, sizeof huge - 1 }, { "\xff\xd8\xff", 3 } };
  g_autoptr (GError) error = NULL;

  g_assert_null (stall_small_picture_make (self->path, &error));
  g_assert_nonnull (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_clear_error (&error);
      g_assert_true (g_file_set_contents (self->path, cases[i].data, (gssize) cases[i].size, NULL));
      g_assert_null (stall_small_picture_make (self->path, &error));
      g_assert_nonnull (error);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/vote-parts/html-text", test_html_text);
  g_test_add_func ("/vote-parts/html-add", test_html_add);
  g_test_add_func ("/vote-parts/form", test_form);
  g_test_add_func ("/vote-parts/cookie", test_cookie);
  g_test_add_func ("/vote-parts/cookie-forged", test_cookie_forged);
  g_test_add_func ("/vote-parts/tokens", test_tokens);
  g_test_add_func ("/vote-parts/words", test_words);
  g_test_add_func ("/vote-parts/rate-limit", test_rate_limit);
  g_test_add_func ("/vote-parts/rate-limit-crowd", test_rate_limit_crowd);
  g_test_add_func ("/vote-parts/page", test_page);
  g_test_add_func ("/vote-parts/page-size", test_page_size);
#define ADD(path, test) \
  g_test_add ("/vote-parts/" path, Picture, NULL, set_up_picture, test, tear_down_picture)
  ADD ("picture-sizes", test_picture_sizes);
  ADD ("picture-transparent", test_picture_transparent);
  ADD ("picture-turned", test_picture_turned);
  ADD ("picture-bad", test_picture_bad);
#undef ADD
  return g_test_run ();
}
