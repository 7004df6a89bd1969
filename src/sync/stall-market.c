/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-market.h"

#include <string.h>

#include "stall-ballot.h"
#include "stall-contact.h"
#include "stall-context.h"
#include "stall-echo.h"
#include "stall-note.h"
#include "stall-order-event.h"
#include "stall-order.h"
#include "stall-poll.h"
#include "stall-product.h"

/* Who strolls here. */
static const struct
{
  const char *handle;
  const char *name;
  const char *address;
} shoppers[] = {
  { "Green Plum", "Qing Mei", "4 Kapok Alley, Ningbo" },
  { "小满", "陈小满", "大理市古城人民路 88 号" },
  { "Slow Tuesday", "Wen Ya", "12 Camphor Road, Hangzhou" },
  { "阿橘", "李橘", "成都市玉林西路 21 号" },
  { "Second Skein", "Luo Yun", "Room 6, 31 Wharf Street, Xiamen" },
  { "晚风", "周晚", "上海市愚园路 1018 号" },
  { "Nine Sparrows", "Gu Ning", "7 Mill Lane, Suzhou" },
  { "半夏", "苏半夏", "昆明市文林街 5 号" },
};

static const char *const shares[] = {
  "Wore it to work for a week. Three people asked.",
  "洗过两次，颜色更好看了。",
  "The pockets are where hands want them.",
  "送给妈妈的，她说像小时候的布。",
};

/* How often which source is the one, of 100. */
static const guint source_weights[STALL_N_SOURCES] = {
  [STALL_SOURCE_FEED] = 34,       [STALL_SOURCE_NOTE] = 24, [STALL_SOURCE_LIVE] = 16,
  [STALL_SOURCE_BUYER] = 10,      [STALL_SOURCE_FAIR] = 4,  [STALL_SOURCE_OTHER] = 2,
  [STALL_SOURCE_STALL_PAGE] = 10,
};

typedef struct
{
  char *id;      /* of the variant */
  char *product; /* "product:…" */
  char *sku;
  char *currency;
  gint64 price;
} Offer;

typedef struct
{
  char *id; /* "order:…" */
  char *currency;
  gint64 total;
} Sale;

struct _StallMarket
{
  GObject parent_instance;

  GRand *rand;
  guint32 seed;
  guint serial;
  GPtrArray *offers;
  GPtrArray *notes; /* ids of those that are out */
  GHashTable *polls;
  GPtrArray *sales;      /* own ones that were paid and not refunded */
  GHashTable *revisions; /* id → revision of what is there and the platform writes */
  GHashTable *echoes;    /* id → its counts, STALL_N_ECHO_MEASURES of gint64 */
};

G_DEFINE_FINAL_TYPE (StallMarket, stall_market, G_TYPE_OBJECT)

static void
offer_free (Offer *offer)
{
  g_free (offer->id);
  g_free (offer->product);
  g_free (offer->sku);
  g_free (offer->currency);
  g_free (offer);
}

static void
sale_free (Sale *sale)
{
  g_free (sale->id);
  g_free (sale->currency);
  g_free (sale);
}

static void
stall_market_finalize (GObject *object)
{
  StallMarket *self = STALL_MARKET (object);

  g_rand_free (self->rand);
  g_ptr_array_unref (self->offers);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->sales);
  g_hash_table_unref (self->polls);
  g_hash_table_unref (self->revisions);
  g_hash_table_unref (self->echoes);

  G_OBJECT_CLASS (stall_market_parent_class)->finalize (object);
}

static void
stall_market_class_init (StallMarketClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_market_finalize;
}

static void
stall_market_init (StallMarket *self)
{
  self->offers = g_ptr_array_new_with_free_func ((GDestroyNotify) offer_free);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->sales = g_ptr_array_new_with_free_func ((GDestroyNotify) sale_free);
  self->polls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->revisions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->echoes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* --- what the stall offers --- */

static void
learn_product (StallMarket *self, StallDocument *document)
{
  const char *id = stall_document_get_id (document);
  g_autoptr (StallProduct) product = NULL;
  GListModel *variants;

  for (guint i = self->offers->len; i > 0; i--)
    if (g_str_equal (((Offer *) g_ptr_array_index (self->offers, i - 1))->product, id))
      g_ptr_array_remove_index (self->offers, i - 1);
  if (!stall_document_get_deleted (document))
    product = stall_product_new_from_document (document, NULL);
  if (product == NULL
      || (stall_product_get_stage (product) != STALL_STAGE_ON_SALE
          && stall_product_get_stage (product) != STALL_STAGE_REORDERED))
    return;
  variants = stall_product_get_variants (product);
  for (guint i = 0; i < g_list_model_get_n_items (variants); i++)
    {
      g_autoptr (StallVariant) variant = g_list_model_get_item (variants, i);
      Offer *offer;

      if (stall_variant_get_price (variant) == STALL_PRICE_NONE)
        continue;
      offer = g_new0 (Offer, 1);
      offer->id = g_strdup (stall_variant_get_id (variant));
      offer->product = g_strdup (id);
      offer->sku = g_strdup (stall_variant_get_sku (variant));
      offer->currency = g_strdup (stall_variant_get_currency (variant));
      offer->price = stall_variant_get_price (variant);
      g_ptr_array_add (self->offers, offer);
    }
}

static void
learn_note (StallMarket *self, StallDocument *document)
{
  const char *id = stall_document_get_id (document);
  g_autoptr (StallNote) note = NULL;
  guint index;

  if (g_ptr_array_find_with_equal_func (self->notes, id, g_str_equal, &index))
    g_ptr_array_remove_index (self->notes, index);
  if (!stall_document_get_deleted (document))
    note = stall_note_new_from_document (document, NULL);
  if (note != NULL
      && (stall_note_get_state (note) == STALL_NOTE_PUBLISHED
          || stall_note_is_ready (note, stall_time_now ())))
    g_ptr_array_add (self->notes, g_strdup (id));
}

static void
learn_poll (StallMarket *self, StallDocument *document)
{
  g_autoptr (StallPoll) poll = NULL;

  g_hash_table_remove (self->polls, stall_document_get_id (document));
  if (!stall_document_get_deleted (document))
    poll = stall_poll_new_from_document (document, NULL);
  if (poll != NULL)
    g_hash_table_insert (self->polls, g_strdup (stall_document_get_id (document)),
                         g_steal_pointer (&poll));
}

static void
learn_echo (StallMarket *self, StallDocument *document)
{
  JsonObject *root = stall_document_get_root (document, NULL);
  gint64 *counts = g_new0 (gint64, STALL_N_ECHO_MEASURES);

  for (guint i = 0; root != NULL && i < STALL_N_ECHO_MEASURES; i++)
    counts[i] = stall_json_get_int (root, stall_echo_measure_to_string (i), 0);
  g_hash_table_replace (self->echoes, g_strdup (stall_document_get_id (document)), counts);
}

/**
 * stall_market_learn:
 * @self: a market
 * @document: of the stall's database, as its feed brings it
 *
 * Takes note of what is offered, what is asked, and what the platform has written already.
 */
void
stall_market_learn (StallMarket *self, StallDocument *document)
{
  const char *id = stall_document_get_id (document);

  g_return_if_fail (STALL_IS_MARKET (self));
  g_return_if_fail (STALL_IS_DOCUMENT (document));

  if (stall_kind_of_id (id) == STALL_KIND_ECHO)
    learn_echo (self, document);
  switch ((guint) stall_kind_of_id (id))
    {
    case STALL_KIND_PRODUCT:
      learn_product (self, document);
      break;
    case STALL_KIND_NOTE:
      learn_note (self, document);
      break;
    case STALL_KIND_POLL:
      learn_poll (self, document);
      break;
    case STALL_KIND_ORDER:
    case STALL_KIND_ECHO:
    case STALL_KIND_TALLY:
    case STALL_KIND_LISTING:
    case STALL_KIND_SIGNAL:
      g_hash_table_replace (self->revisions, g_strdup (id),
                            g_strdup (stall_document_get_revision (document)));
      break;
    default:
      break;
    }
}

/* --- chance --- */

static guint
roll (StallMarket *self, guint n)
{
  return (guint) g_rand_int_range (self->rand, 0, (int) n);
}

static StallSource
roll_source (StallMarket *self)
{
  guint left = roll (self, 100);
  guint source = 0;

  while (source + 1 < STALL_N_SOURCES && left >= source_weights[source])
    left -= source_weights[source++];
  return source;
}

/* An id that this seed gives to what happens next, and that is not taken yet. */
static char *
next_id (StallMarket *self, StallKind kind)
{
  for (;;)
    {
      g_autofree char *name = g_strdup_printf ("%u:%u", self->seed, self->serial++);
      char *id = stall_id_derive (kind, "practice-market", name);

      if (!g_hash_table_contains (self->revisions, id))
        return id;
      g_free (id);
    }
}

static JsonObject *
new_root (StallKind kind)
{
  return stall_document_new_root (kind, STALL_MARKET_DEVICE);
}

/* The next version of what is there, or the first one. */
static StallDocument *
replace (StallMarket *self, const char *id, JsonObject *root)
{
  return stall_document_new_from_root (id, g_hash_table_lookup (self->revisions, id), root);
}

/* --- what happens --- */

static void
sell (StallMarket *self, StallTime now, GPtrArray *happened)
{
  const Offer *offer;
  g_autofree char *id = NULL;
  g_autofree char *number = NULL;
  g_autofree char *phone = NULL;
  g_autofree char *event_id = NULL;
  g_autoptr (StallOrder) order = NULL;
  g_autoptr (StallContact) contact = NULL;
  g_autoptr (StallOrderEvent) paid = NULL;
  guint shopper = roll (self, G_N_ELEMENTS (shoppers));
  StallSource source = roll_source (self);
  Sale *sale;

  if (self->offers->len == 0)
    return;
  offer = g_ptr_array_index (self->offers, roll (self, self->offers->len));
  id = next_id (self, STALL_KIND_ORDER);
  number = g_strdup_printf ("P%u-%u", self->seed, self->serial);
  order = stall_order_new (id, number, offer->currency);
  stall_order_set_source (order, source,
                          source == STALL_SOURCE_NOTE && self->notes->len > 0
                              ? g_ptr_array_index (self->notes, roll (self, self->notes->len))
                              : NULL);
  stall_order_set_times (order, now, now + 3 * STALL_DAY);
  stall_order_set_customer (order, shoppers[shopper].handle);
  if (!stall_order_add_line (order, &(StallOrderLine) { .variant = offer->id,
                                                        .sku = offer->sku,
                                                        .quantity = 1 + (roll (self, 6) == 0),
                                                        .price = offer->price }))
    return;
  contact = stall_contact_new (id);
  stall_contact_set_name (contact, shoppers[shopper].name);
  phone = g_strdup_printf ("100%08u", roll (self, 100000000));
  stall_contact_set_phone (contact, phone);
  stall_contact_set_address (contact, shoppers[shopper].address);
  event_id = stall_id_for_order (STALL_KIND_EVENT, id, "paid");
  paid = stall_order_event_new_with_id (event_id, id, STALL_STEP_PAID, now);
  stall_order_event_set_money (paid, stall_order_get_total (order), offer->currency);
  stall_order_event_set_payment (paid, "platform");
  g_ptr_array_add (happened, stall_order_to_document (order, STALL_MARKET_DEVICE));
  g_ptr_array_add (happened, stall_contact_to_document (contact, STALL_MARKET_DEVICE));
  g_ptr_array_add (happened, stall_order_event_to_document (paid, STALL_MARKET_DEVICE));
  sale = g_new0 (Sale, 1);
  sale->id = g_steal_pointer (&id);
  sale->currency = g_strdup (offer->currency);
  sale->total = stall_order_get_total (order);
  g_ptr_array_add (self->sales, sale);
}

static void
refund (StallMarket *self, StallTime now, GPtrArray *happened)
{
  g_autoptr (StallOrderEvent) event = NULL;
  g_autofree char *id = NULL;
  const Sale *sale;
  guint index;

  if (self->sales->len == 0)
    return;
  index = roll (self, self->sales->len);
  sale = g_ptr_array_index (self->sales, index);
  id = stall_id_for_order (STALL_KIND_EVENT, sale->id, "refunded");
  event = stall_order_event_new_with_id (id, sale->id, STALL_STEP_REFUNDED, now);
  stall_order_event_set_money (event, sale->total, sale->currency);
  g_ptr_array_add (happened, stall_order_event_to_document (event, STALL_MARKET_DEVICE));
  g_ptr_array_remove_index (self->sales, index);
}

/* Counts of a day only grow. */
static void
answer (StallMarket *self, StallTime now, GPtrArray *happened)
{
  static const guint typical[STALL_N_ECHO_MEASURES] = {
    [STALL_ECHO_VIEWS] = 60, [STALL_ECHO_DWELL] = 1800, [STALL_ECHO_LIKES] = 9,
    [STALL_ECHO_SAVES] = 5,  [STALL_ECHO_COMMENTS] = 3, [STALL_ECHO_JOINS] = 2,
  };
  g_autoptr (JsonObject) root = new_root (STALL_KIND_ECHO);
  g_autofree char *day = stall_time_to_string (now);
  g_autofree char *id = NULL;
  const char *subject = NULL;
  const gint64 *before;

  if (self->notes->len > 0 && roll (self, 3) > 0)
    subject = g_ptr_array_index (self->notes, roll (self, self->notes->len));
  else if (self->offers->len > 0)
    subject = ((Offer *) g_ptr_array_index (self->offers, roll (self, self->offers->len)))->product;
  if (subject == NULL)
    return;
  id = g_strdup_printf ("echo:%s:%.10s", subject, day);
  before = g_hash_table_lookup (self->echoes, id);
  for (guint i = 0; i < STALL_N_ECHO_MEASURES; i++)
    json_object_set_int_member (root, stall_echo_measure_to_string (i),
                                (before != NULL ? before[i] : 0) + roll (self, typical[i]));
  g_ptr_array_add (happened, replace (self, id, root));
}

static void
vote (StallMarket *self, StallTime now, GPtrArray *happened)
{
  g_autoptr (GList) polls
      = g_list_sort (g_hash_table_get_keys (self->polls), (GCompareFunc) strcmp);

  for (GList *link = polls; link != NULL; link = link->next)
    {
      StallPoll *poll = g_hash_table_lookup (self->polls, link->data);
      StallTime opens_at = stall_poll_get_opens_at (poll);
      StallTime closes_at = stall_poll_get_closes_at (poll);
      guint n_options = stall_poll_get_n_options (poll);
      g_autofree char *voter = NULL;
      g_autoptr (StallBallot) ballot = NULL;

      if (opens_at == STALL_TIME_NONE || opens_at > now || n_options == 0
          || (closes_at != STALL_TIME_NONE && closes_at <= now))
        continue;
      voter = g_strdup_printf ("fan-%u-%u", self->seed, self->serial++);
      /* The first options are liked better. */
      ballot = stall_ballot_new (
          link->data, voter,
          stall_poll_get_option (poll, MIN (roll (self, n_options), roll (self, n_options)))->id,
          now, "live");
      g_ptr_array_add (happened, stall_ballot_to_document (ballot, STALL_MARKET_DEVICE));
    }
}

static void
share (StallMarket *self, StallTime now, GPtrArray *happened)
{
  g_autoptr (StallContext) context = NULL;
  g_autofree char *id = NULL;
  const Offer *offer;

  if (self->offers->len == 0)
    return;
  offer = g_ptr_array_index (self->offers, roll (self, self->offers->len));
  id = next_id (self, STALL_KIND_CONTEXT);
  context = stall_context_new (offer->product, STALL_CONTEXT_CUSTOMER);
  stall_context_set_id (context, id);
  stall_context_set_text (context, shares[roll (self, G_N_ELEMENTS (shares))]);
  stall_context_set_by (context, shoppers[roll (self, G_N_ELEMENTS (shoppers))].handle);
  stall_context_set_at (context, now);
  g_ptr_array_add (happened, stall_context_to_document (context, STALL_MARKET_DEVICE));
}

static void
review (StallMarket *self, StallTime now, GPtrArray *happened)
{
  for (guint i = 0; i < self->notes->len; i++)
    {
      g_autofree char *id
          = g_strconcat ("listing:", (const char *) g_ptr_array_index (self->notes, i), NULL);
      g_autoptr (JsonObject) root = NULL;

      if (g_hash_table_contains (self->revisions, id))
        continue;
      root = new_root (STALL_KIND_LISTING);
      json_object_set_string_member (root, "state", "shown");
      g_ptr_array_add (happened, replace (self, id, root));
      return;
    }
}

/* One trend a run, weeks ahead. */
static void
announce (StallMarket *self, StallTime now, GPtrArray *happened)
{
  g_autofree char *name = g_strdup_printf ("%u:signal", self->seed);
  g_autofree char *id = stall_id_derive (STALL_KIND_SIGNAL, "practice-market", name);
  g_autofree char *from = stall_time_to_string (now + 42 * STALL_DAY);
  g_autofree char *until = stall_time_to_string (now + 84 * STALL_DAY);
  g_autoptr (JsonObject) root = NULL;

  if (g_hash_table_contains (self->revisions, id))
    return;
  root = new_root (STALL_KIND_SIGNAL);
  json_object_set_string_member (root, "name", "浅春系 Light Spring");
  json_object_set_string_member (root, "people", "Office women of 25 to 40 in the south");
  json_object_set_string_member (root, "moment", "The weeks before the trees are green");
  json_object_set_string_member (root, "mood", "Not loud, but awake");
  stall_json_set_strv (root, "colours",
                       (const char *const[]) { "#b7a3cd", "#e6b045", "#f1e9da", NULL });
  json_object_set_string_member (root, "from", from);
  json_object_set_string_member (root, "until", until);
  g_ptr_array_add (happened, replace (self, id, root));
}

/**
 * stall_market_new:
 * @seed: decides everything that is left to chance
 *
 * Returns: (transfer full): a market that knows no stall yet
 */
StallMarket *
stall_market_new (guint32 seed)
{
  StallMarket *self = g_object_new (STALL_TYPE_MARKET, NULL);

  self->seed = seed;
  self->rand = g_rand_new_with_seed (seed);
  return self;
}

/**
 * stall_market_play:
 * @self: a market
 * @now: when it happens
 *
 * Lets something happen: somebody buys, votes, looks, shares or wants their money back; the
 * platform reviews a note or announces a trend. What replaces a document names the revision it
 * replaces, as far as stall_market_learn() was told.
 *
 * Returns: (transfer full) (element-type StallDocument): what is new; empty when a stall offers
 *   nothing to which it could happen
 */
GPtrArray *
stall_market_play (StallMarket *self, StallTime now)
{
  static const struct
  {
    guint weight;
    void (*happen) (StallMarket *self, StallTime now, GPtrArray *happened);
  } happenings[] = {
    { 45, sell }, { 20, answer }, { 20, vote },    { 4, refund },
    { 4, share }, { 5, review },  { 2, announce },
  };
  GPtrArray *happened;
  guint left, i = 0;

  g_return_val_if_fail (STALL_IS_MARKET (self), NULL);

  happened = g_ptr_array_new_with_free_func (g_object_unref);
  for (left = roll (self, 100); left >= happenings[i].weight; i++)
    left -= happenings[i].weight;
  happenings[i].happen (self, now, happened);
  return happened;
}
