/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-hub"

#include "config.h"

#include "stall-vote-words.h"

#include <string.h>

enum
{
  ENGLISH,
  CHINESE,
  N_LANGUAGES,
};

static const char *const words[N_LANGUAGES][STALL_N_WORDS] = {
  [ENGLISH] = {
    [STALL_WORD_LANGUAGE] = "en",
    [STALL_WORD_VOTE] = "Vote",
    [STALL_WORD_CHANGE] = "Change my vote",
    [STALL_WORD_CHOSEN] = "Your vote counts. You may change it until the poll closes.",
    [STALL_WORD_CLOSED] = "This poll has closed. Thank you.",
    [STALL_WORD_COUNTED] = "Your vote counts. This poll has closed. Thank you.",
    [STALL_WORD_NOT_OPEN] = "This poll has not opened yet.",
    [STALL_WORD_RESULTS] = "Results so far",
    [STALL_WORD_FINAL] = "Results",
    [STALL_WORD_HIDDEN] = "The results are shown when the poll has closed.",
    [STALL_WORD_VOTES] = "votes",
    [STALL_WORD_ONE_VOTE] = "vote",
    [STALL_WORD_PRIVACY] = "Your vote has no name. Nothing about you or your phone is kept.",
    [STALL_WORD_PROBLEM] = "That did not work",
    [STALL_WORD_BACK] = "Back to the poll",
    [STALL_WORD_OPEN] = "Open in Stall",
    [STALL_WORD_NO_FORM] = "Choose one of the options, then vote.",
    [STALL_WORD_NO_COOKIE] = "This browser did not send back what tells votes apart. Allow cookies for this page, then open it again.",
    [STALL_WORD_TOO_FAST] = "That was very fast. Wait a few seconds, then try again.",
    [STALL_WORD_NOT_KEPT] = "Your vote could not be kept. Try again in a moment.",
    [STALL_WORD_NOT_FOUND] = "There is nothing here.",
  },
  [CHINESE] = {
    [STALL_WORD_LANGUAGE] = "zh-CN",
    [STALL_WORD_VOTE] = "投票",
    [STALL_WORD_CHANGE] = "改投",
    [STALL_WORD_CHOSEN] = "已记下您的选票。截止之前可以随时改投。",
    [STALL_WORD_CLOSED] = "这次测款已经截止，谢谢参与。",
    [STALL_WORD_COUNTED] = "您的一票已计入。这次测款已经截止，谢谢参与。",
    [STALL_WORD_NOT_OPEN] = "这次测款还没有开始。",
    [STALL_WORD_RESULTS] = "目前的结果",
    [STALL_WORD_FINAL] = "投票结果",
    [STALL_WORD_HIDDEN] = "截止之后公布结果。",
    [STALL_WORD_VOTES] = "票",
    [STALL_WORD_ONE_VOTE] = "票",
    [STALL_WORD_PRIVACY] = "投票不记名，不保存任何关于您或您手机的信息。",
    [STALL_WORD_PROBLEM] = "没有成功",
    [STALL_WORD_BACK] = "返回测款",
    [STALL_WORD_OPEN] = "在“摊位”中打开",
    [STALL_WORD_NO_FORM] = "请先选择一个选项，再投票。",
    [STALL_WORD_NO_COOKIE] = "浏览器没有带回用来区分选票的标记。请允许本页使用 Cookie，然后重新打开。",
    [STALL_WORD_TOO_FAST] = "操作太快了。请等几秒再试。",
    [STALL_WORD_NOT_KEPT] = "选票没能保存。请稍后再试。",
    [STALL_WORD_NOT_FOUND] = "这里什么也没有。",
  },
};

/**
 * stall_vote_words_choose:
 * @accept_language: (nullable): what the browser would like, RFC 9110 section 12.5.4
 *
 * Returns: the language that it likes best among those there are
 */
guint
stall_vote_words_choose (const char *accept_language)
{
  g_auto (GStrv) ranges = g_strsplit (accept_language != NULL ? accept_language : "", ",", 32);
  guint best = ENGLISH;
  double best_weight = 0;

  for (guint i = 0; ranges[i] != NULL; i++)
    {
      const char *range = g_strstrip (ranges[i]);
      char *weight_text = strstr (ranges[i], "q=");
      double weight = weight_text != NULL ? g_ascii_strtod (weight_text + 2, NULL) : 1;
      int language = g_ascii_strncasecmp (range, "zh", 2) == 0   ? CHINESE
                     : g_ascii_strncasecmp (range, "en", 2) == 0 ? ENGLISH
                                                                 : -1;

      if (language >= 0 && weight > best_weight)
        {
          best = language;
          best_weight = weight;
        }
    }
  return best;
}

/**
 * stall_vote_words_get:
 * @language: from stall_vote_words_choose()
 * @word: which words
 *
 * Returns: the words
 */
const char *
stall_vote_words_get (guint language, StallWord word)
{
  g_return_val_if_fail (language < N_LANGUAGES && word < STALL_N_WORDS, "");

  return words[language][word];
}
