/*
 * page_thread.c: the posts of a thread, by the markup of its engine, or else by its structure.
 * Used by page.c.
 */
#include "stage/page_judge.h"

/* Posts hold at least this share of the page's sentences, or the page is an article with something below it. */
#define THREAD_SHARE 0.35f

/* ... or of a page with several posts that does not call itself an article. */
#define POSTS_SEVERAL 2
#define POSTS_SHARE 0.12f

/* So many elements with names of forums and threads make a page a thread, if its structure agrees. */
#define FORUM_MARKS 1

/* "NAME wrote:", with a date perhaps. */
#define HEAD_WORDS 12

/* A frame is looked for so far out. */
#define FRAME_REACH 6

/* What the page says it is. */
struct claims {
    bool article, forum;
};

static bool is_post(enum nf_page_role role, bool framed, bool forum)
{
    return role == NF_PAGE_ROLE_POST || (role == NF_PAGE_ROLE_POST_ON_FORUM && (forum || framed))
           || (role == NF_PAGE_ROLE_POST_IN_FRAME && framed);
}

/* Of one element, after those around it. */
static void set_part(const struct nf_page_tree *tree, struct nf_page_facts *facts, uint32_t i, bool forum)
{
    const struct nf_page_node *node = &tree->node[i];
    const struct nf_node_facts *parent = i ? &facts->node[node->parent] : NULL;
    enum nf_page_role role = (enum nf_page_role)node->role;
    unsigned part = parent ? parent->post : 0, frame = parent ? parent->frame : 0;
    bool post = is_post(role, frame > 0, forum);
    if (post)
        part = (part | NF_IN_POST) & ~(unsigned)NF_IN_QUOTE;
    else if (role == NF_PAGE_ROLE_QUOTE || node->tag == NF_TAG_BLOCKQUOTE)
        part |= NF_IN_QUOTE;
    if ((part & NF_IN_QUOTE) && role == NF_PAGE_ROLE_QUOTE_HEAD)
        part |= NF_IN_QUOTE_HEAD;
    if (role == NF_PAGE_ROLE_NOT_POST)
        part |= NF_OUT_OF_POST;
    facts->node[i].post = part & 15;
    facts->node[i].frame = (role == NF_PAGE_ROLE_FRAME ? 1 : frame && frame < FRAME_REACH ? frame + 1 : 0) & 15;
}

static float words_of_sentences(const struct nf_page_tree *tree, const struct nf_page_facts *facts,
                                const struct nf_page_node *node)
{
    return nf_page_words_before(facts, tree, node->end_block) - nf_page_words_before(facts, tree, node->first_block);
}

/* Words outside links. */
static float plain_words(const struct nf_page_tree *tree, size_t from, size_t to)
{
    float words = 0;
    for (size_t i = from; i < to; i++)
        words += (float)tree->block[i].words - (float)tree->block[i].link_words;
    return words;
}

/* Posts in code or in figures have no sentences: of sentences and of all words outside links, the larger share counts. */
static bool judge_by_engine(const struct nf_page_tree *tree, struct nf_page_facts *facts, const struct claims *claims,
                            bool *kept)
{
    size_t posts = 0, first = 0, end = tree->block_count;
    float sentences = 0, words = 0;
    for (uint32_t i = 0; i < tree->node_count; i++) {
        const struct nf_page_node *node = &tree->node[i];
        set_part(tree, facts, i, claims->forum);
        bool inside = i && facts->node[node->parent].post & NF_IN_POST;
        if (inside || (facts->node[i].post & (NF_IN_POST | NF_OUT_OF_POST)) != NF_IN_POST)
            continue;
        first = posts++ ? first : node->first_block;
        sentences += words_of_sentences(tree, facts, node);
        words += plain_words(tree, node->first_block, node->end_block);
    }
    float least = claims->article || (posts < POSTS_SEVERAL && !claims->forum) ? THREAD_SHARE : POSTS_SHARE;
    bool enough = sentences >= least * nf_page_words_before(facts, tree, end) || words >= least * plain_words(tree, 0, end);
    if (!posts || !enough || (claims->article && nf_page_article_before(tree, facts, first)))
        return false;
    for (size_t i = 0; i < end; i++) {
        unsigned part = facts->node[tree->block[i].node].post;
        kept[i] = (part & NF_IN_POST) && !(part & NF_OUT_OF_POST) && !nf_page_is_clutter(tree, facts, i);
    }
    return true;
}

/* Who is quoted may stand in the quote without an element of its own: "NAME wrote:". */
static bool is_head(const struct nf_page_tree *tree, size_t i)
{
    struct nf_span text = nf_page_text(tree, &tree->block[i]);
    return tree->block[i].words <= HEAD_WORDS && text.data[text.len - 1] == ':';
}

static void find_quotes(const struct nf_page_tree *tree, struct nf_page_facts *facts, const bool *kept)
{
    bool inside = false;
    for (size_t i = 0; i < tree->block_count; i++) {
        unsigned part = facts->node[tree->block[i].node].post;
        if (!kept[i])
            continue;
        bool quoted = part & NF_IN_QUOTE, head = part & NF_IN_QUOTE_HEAD || (quoted && !inside && is_head(tree, i));
        if (nf_page_text(tree, &tree->block[i]).data[0] == '>')
            quoted = true;
        facts->block[i].quote = head ? NF_QUOTE_HEAD : quoted ? NF_QUOTE_TEXT : NF_QUOTE_NONE;
        inside = quoted;
    }
}

bool nf_page_judge_thread(const struct nf_page_tree *tree, struct nf_page_facts *facts,
                          const struct nf_page_json *json, bool *kept)
{
    struct claims claims = {
        .article = json->article || nf_span_is(nf_buf_span(&tree->og_type), "article"),
        .forum = json->thread || tree->forum_marks > 0,
    };
    bool structured = json->thread || (tree->forum_marks >= FORUM_MARKS && !json->article);
    if (!judge_by_engine(tree, facts, &claims, kept) && !(structured && nf_page_judge_posts(tree, facts, kept)))
        return false;
    find_quotes(tree, facts, kept);
    return true;
}
