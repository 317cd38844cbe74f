/*
 * rule_file.c: reading rule files.
 * Used by the rule set; the format is man/newsfold-rules.5.
 */
#include "adapt/digest.h"
#include "base/alloc.h"
#include "rules/builtin.h"
#include "rules/prefixes.h"
#include "rules/rules.h"
#include "rules/texts.h"
#include "text/chars.h"
#include "text/utf8.h"

/* Texts of rules are mixed into a fingerprint by their order. */
#define FINGERPRINT_BASE UINT64_C(0x9E3779B97F4A7C15)

/* The file being read; `rule` is the one being filled, complete at the next blank line. */
struct reading {
    struct nf_rules *rules;
    struct nf_span text;
    const char *file;
    uint64_t line;
    struct nf_rule rule;
    bool open;                  /* a rule was begun */
    bool has_category;
    struct nf_error *error;
};

static enum nf_status complain(struct reading *reading, const char *what, struct nf_span value)
{
    int len = value.len > 60 ? 60 : (int)value.len;
    return nf_fail(reading->error, NF_ESYNTAX, reading->line, "%s%s%.*s", what, len ? ": " : "", len, value.data);
}

static char *keep_text(struct nf_rules *rules, struct nf_span text)
{
    char *copy = nf_alloc(text.len + 1);
    memcpy(copy, text.data, text.len);
    copy[text.len] = '\0';
    rules->kept = nf_grow(rules->kept, &rules->kept_capacity, rules->kept_count + 1, sizeof *rules->kept);
    return rules->kept[rules->kept_count++] = copy;
}

static struct nf_span word(struct nf_span *rest)
{
    size_t from = 0, to;
    while (from < rest->len && rest->data[from] == ' ')
        from++;
    for (to = from; to < rest->len && rest->data[to] != ' '; to++)
        ;
    struct nf_span out = nf_span(rest->data + from, to - from);
    *rest = nf_span(rest->data + to, rest->len - to);
    return out;
}

static bool number(struct nf_span text, unsigned *out)
{
    *out = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || *out > 10000)
            return false;
        *out = *out * 10 + (unsigned)(text.data[i] - '0');
    }
    return text.len > 0;
}

static bool category_of(struct nf_span name, enum nf_category *category)
{
    for (int i = 0; i < NF_CATEGORY_COUNT; i++)
        if (nf_span_is(name, nf_category_name((enum nf_category)i))) {
            *category = (enum nf_category)i;
            return true;
        }
    return false;
}

/* The keys of a rule, each a function of its value. */

static enum nf_status read_name(struct reading *reading, struct nf_span value)
{
    for (size_t i = 0; i < value.len; i++) {
        char c = value.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
            return complain(reading, "a rule's name is of lower case letters, digits and hyphens", value);
    }
    if (reading->rule.name)
        return complain(reading, "a blank line ends the rule before", value);
    if (nf_rules_find(reading->rules, value) < reading->rules->count)
        return complain(reading, "there is a rule of this name already", value);
    reading->rule.name = keep_text(reading->rules, value);
    return NF_OK;
}

static enum nf_status read_category(struct reading *reading, struct nf_span value)
{
    reading->has_category = category_of(value, &reading->rule.category);
    return reading->has_category ? NF_OK : complain(reading, "no such category (--list-rules names them)", value);
}

/* Tables that were viewed so far are copied when they grow. */
static void *grow(void *own, const void *viewed, size_t *capacity, size_t count, size_t len)
{
    bool first = !own;
    own = nf_grow(own, capacity, count + 1, len);
    if (first && count)
        memcpy(own, viewed, count * len);
    return own;
}

static void add_pattern(struct nf_rules *rules, struct nf_span text)
{
    rules->own_pattern = grow(rules->own_pattern, rules->pattern, &rules->pattern_capacity, rules->pattern_count,
                              sizeof *rules->pattern);
    rules->pattern = rules->own_pattern;
    rules->own_gate = grow(rules->own_gate, rules->gate, &rules->gate_capacity, rules->pattern_count, sizeof *rules->gate);
    rules->gate = rules->own_gate;
    rules->own_pattern[rules->pattern_count++] = (struct nf_pattern){.text = text, .rule = (uint16_t)rules->count};
}

static void add_rule(struct nf_rules *rules, const struct nf_rule *rule)
{
    rules->own_rule = grow(rules->own_rule, rules->rule, &rules->capacity, rules->count, sizeof *rules->rule);
    rules->rule = rules->own_rule;
    rules->own_rule[rules->count++] = *rule;
}

static enum nf_status read_shape(struct reading *reading, enum nf_shape shape, struct nf_span value)
{
    struct nf_rules *rules = reading->rules;
    if (reading->rule.pattern_count && reading->rule.shape != shape)
        return complain(reading, "a rule has one shape", value);
    if (rules->pattern_count == NF_PATTERNS_MAX)
        return complain(reading, "too many patterns", value);
    if (!reading->rule.pattern_count++)
        reading->rule.first_pattern = rules->pattern_count;
    reading->rule.shape = shape;
    add_pattern(rules, value);
    return NF_OK;
}

static enum nf_status read_line(struct reading *reading, struct nf_span value)
{
    return read_shape(reading, NF_SHAPE_LINE, value);
}

static enum nf_status read_label(struct reading *reading, struct nf_span value)
{
    return read_shape(reading, NF_SHAPE_LABEL, value);
}

static enum nf_status read_block(struct reading *reading, struct nf_span value)
{
    return read_shape(reading, NF_SHAPE_BLOCK, value);
}

static enum nf_status read_tail(struct reading *reading, struct nf_span value)
{
    return read_shape(reading, NF_SHAPE_TAIL, value);
}

static unsigned looks_of(struct nf_span name)
{
    static const char *const names[] = {"headline", "short", "value", "text", "any", "item"};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (nf_span_is(name, names[i]))
            return 1u << i;
    return 0;
}

static enum nf_status read_take(struct reading *reading, struct nf_take *take, struct nf_span value)
{
    struct nf_span rest = value;
    if (!number(word(&rest), &take->count) || !take->count)
        return complain(reading, "expected: a number of lines, then what they look like", value);
    while (rest.len) {
        struct nf_span before = rest, name = word(&rest);
        if (name.len && name.data[0] == '/') {
            size_t from = (size_t)(name.data - before.data);
            struct nf_span pattern = nf_span(before.data + from + 1, before.len - from - 1);
            if (!pattern.len || pattern.data[pattern.len - 1] != '/')
                return complain(reading, "a pattern ends the line and stands between slashes", value);
            take->pattern = nf_span(pattern.data, pattern.len - 1);
            take->looks |= NF_LOOKS_PATTERN;
            return NF_OK;
        }
        unsigned looks = looks_of(name);
        if (!looks && name.len)
            return complain(reading, "expected headline, short, value, text, any, item or /pattern/", name);
        take->looks |= looks;
    }
    return take->looks ? NF_OK : complain(reading, "say what the lines look like", value);
}

static enum nf_status read_before(struct reading *reading, struct nf_span value)
{
    return read_take(reading, &reading->rule.before, value);
}

static enum nf_status read_after(struct reading *reading, struct nf_span value)
{
    return read_take(reading, &reading->rule.after, value);
}

static enum nf_status read_needs(struct reading *reading, struct nf_span value)
{
    struct nf_span rest = value;
    bool good = number(word(&rest), &reading->rule.needs) && nf_span_is(word(&rest), "in");
    good = good && number(word(&rest), &reading->rule.needs_lines);
    return good ? NF_OK : complain(reading, "expected: needs N in LINES", value);
}

static enum nf_status read_near(struct reading *reading, struct nf_span value)
{
    struct nf_span rest = value;
    reading->rule.near_set = category_of(word(&rest), &reading->rule.near);
    if (!reading->rule.near_set || !number(word(&rest), &reading->rule.near_lines))
        return complain(reading, "expected: near CATEGORY LINES", value);
    return NF_OK;
}

static enum nf_status read_near_rule(struct reading *reading, struct nf_span value)
{
    struct nf_span rest = value;
    reading->rule.near_rule = word(&rest);
    if (!reading->rule.near_rule.len || !number(word(&rest), &reading->rule.near_rule_lines))
        return complain(reading, "expected: near-rule NAME LINES", value);
    return NF_OK;
}

static enum nf_status read_between(struct reading *reading, struct nf_span value)
{
    reading->rule.between_prose = nf_span_is(value, "prose");
    return reading->rule.between_prose ? NF_OK : complain(reading, "expected: between prose", value);
}

static void add_with(struct reading *reading, struct nf_span text)
{
    struct nf_rules *rules = reading->rules;
    rules->own_with = grow(rules->own_with, rules->with, &rules->with_capacity, rules->with_count, sizeof *rules->with);
    rules->with = rules->own_with;
    if (!reading->rule.with_count++)
        reading->rule.first_with = rules->with_count;
    rules->own_with[rules->with_count++] = text;
}

static enum nf_status read_with(struct reading *reading, struct nf_span value)
{
    if (!value.len)
        return complain(reading, "expected: with TEXT", value);
    struct nf_buf lower = {0};
    for (size_t at = 0; at < value.len;)
        nf_utf8_put(&lower, nf_lower(nf_utf8_next(value, &at)));
    add_with(reading, nf_span(keep_text(reading->rules, nf_buf_span(&lower)), lower.len));
    nf_buf_release(&lower);
    return NF_OK;
}

static enum nf_status add_example(struct reading *reading, bool hit, struct nf_span value)
{
    struct nf_rules *rules = reading->rules;
    rules->example = nf_grow(rules->example, &rules->example_capacity, rules->example_count + 1,
                             sizeof *rules->example);
    rules->example[rules->example_count++] =
        (struct nf_example){(uint16_t)rules->count, hit, value, reading->line};
    return NF_OK;
}

static enum nf_status read_hit(struct reading *reading, struct nf_span value)
{
    return add_example(reading, true, value);
}

static enum nf_status read_miss(struct reading *reading, struct nf_span value)
{
    return add_example(reading, false, value);
}

static enum nf_status set_flag(struct reading *reading, bool *flag, struct nf_span value)
{
    *flag = true;
    return value.len ? complain(reading, "this key has no value", value) : NF_OK;
}

static enum nf_status read_case(struct reading *reading, struct nf_span value)
{
    bool set;
    reading->rule.flags |= NF_REGEX_CASE;
    return set_flag(reading, &set, value);
}

static enum nf_status read_strict(struct reading *reading, struct nf_span value)
{
    return set_flag(reading, &reading->rule.strict, value);
}

static enum nf_status read_opens(struct reading *reading, struct nf_span value)
{
    return set_flag(reading, &reading->rule.opens, value);
}

static enum nf_status read_closes(struct reading *reading, struct nf_span value)
{
    return set_flag(reading, &reading->rule.closes, value);
}

static enum nf_status read_remark(struct reading *reading, struct nf_span value)
{
    (void)reading;
    (void)value;
    return NF_OK;
}

static const struct {
    const char *name;
    enum nf_status (*read)(struct reading *reading, struct nf_span value);
} keys[] = {
    {"rule", read_name}, {"category", read_category}, {"line", read_line}, {"label", read_label},
    {"block", read_block}, {"tail", read_tail}, {"before", read_before}, {"after", read_after},
    {"needs", read_needs}, {"near", read_near}, {"near-rule", read_near_rule},
    {"between", read_between}, {"with", read_with}, {"case", read_case},
    {"strict", read_strict}, {"opens", read_opens}, {"closes", read_closes}, {"hit", read_hit},
    {"miss", read_miss}, {"seen", read_remark}, {"lang", read_remark},
};

static bool index_beginnings(struct nf_index_maker *index, struct nf_span pattern, uint16_t number_of_pattern, struct nf_index_place place)
{
    struct nf_prefixes prefixes = {0};
    nf_prefixes_of(pattern, &prefixes);
    bool known = prefixes.count > 0;
    for (size_t i = 0; i < prefixes.count; i++)
        known &= prefixes.item[i].len > 0;
    for (size_t i = 0; known && i < prefixes.count; i++)
        nf_index_add(index, nf_span(prefixes.item[i].text, prefixes.item[i].len), number_of_pattern, place);
    nf_prefixes_release(&prefixes);
    return known;
}

/* What the index does not ask for is looked at where all else fits: a few texts, of which the line must hold one. */
static void add_texts(struct reading *reading, struct nf_pattern *pattern, const struct nf_needed *needed)
{
    struct nf_buf list = {0};
    nf_texts_of(needed, &list);
    pattern->texts = nf_span(list.len ? keep_text(reading->rules, nf_buf_span(&list)) : "", list.len);
    nf_buf_release(&list);
}

/* A pattern's texts into the index: its own beginnings, else the rarer of what it needs and of the rule's `with`. */
static void index_pattern(struct reading *reading, uint16_t number_of_pattern)
{
    struct nf_index_maker *index = &reading->rules->index;
    struct nf_pattern *pattern = &reading->rules->own_pattern[number_of_pattern];
    size_t with_count = reading->rule.with_count;
    const struct nf_span *with = with_count ? reading->rules->with + reading->rule.first_with : NULL;
    struct nf_needs needs;
    nf_needs_of(pattern->text, reading->rule.flags & NF_REGEX_CASE, &needs);
    reading->rules->own_gate[number_of_pattern] =
        (struct nf_gate){nf_classes_of_set(&needs.ends) | NF_CLASS_BEYOND, needs.within, needs.holds,
                         (uint16_t)needs.extent.least, (uint16_t)needs.extent.most};
    add_texts(reading, pattern, &needs.needed);
    struct nf_index_place place = {needs.extent.most, needs.extent.most, true, !nf_index_may_be_prose(nf_classes_of_set(&needs.ends), needs.holds)};
    if (index_beginnings(index, pattern->text, number_of_pattern, place))
        return;
    pattern->named = with_count > 0;
    struct nf_needed names = {.count = with_count, .reach = NF_EXTENT_MAX};
    for (size_t i = 0; i < with_count; i++)
        names.cost += nf_text_cost(with[i]);
    bool own = needs.needed.count && (!with_count || nf_needed_cost(&needs.needed) < nf_needed_cost(&names));
    place.reach = own ? needs.needed.reach : NF_EXTENT_MAX;
    place.at_start = false;
    if (own)
        pattern->texts.len = 0;
    for (size_t i = 0; own && i < needs.needed.count; i++)
        nf_index_add(index, nf_span(needs.needed.text[i], needs.needed.len[i]), number_of_pattern, place);
    for (size_t i = 0; !own && i < with_count; i++)
        nf_index_add(index, with[i], number_of_pattern, place);
    if (!own && !with_count)
        nf_index_add(index, nf_span("", 0), number_of_pattern, place);
}

static enum nf_status end_rule(struct reading *reading)
{
    struct nf_rules *rules = reading->rules;
    struct nf_rule *rule = &reading->rule;
    if (!reading->open)
        return NF_OK;
    if (!rule->name || !reading->has_category || !rule->pattern_count)
        return complain(reading, "the rule that ends here needs a `rule`, a `category` and a shape", nf_span("", 0));
    if ((rule->shape == NF_SHAPE_LABEL || rule->shape == NF_SHAPE_TAIL) && !rule->after.count)
        return complain(reading, "this shape needs `after`", nf_span("", 0));
    for (size_t i = 0; i < rule->pattern_count; i++)
        index_pattern(reading, (uint16_t)(rule->first_pattern + i));
    add_rule(rules, rule);
    *rule = (struct nf_rule){0};
    reading->open = reading->has_category = false;
    return NF_OK;
}

static enum nf_status read_key(struct reading *reading, struct nf_span text)
{
    struct nf_span rest = text, name = word(&rest);
    if (rest.len)
        rest = nf_span(rest.data + 1, rest.len - 1);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (!nf_span_is(name, keys[i].name))
            continue;
        if (!reading->open && i != 0)
            return complain(reading, "a rule begins with `rule NAME`", name);
        if (!reading->open) {
            reading->open = true;
            reading->rule.file = reading->file;
            reading->rule.line = reading->line;
        }
        return keys[i].read(reading, rest);
    }
    return complain(reading, "no such key", name);
}

static enum nf_status read_text_line(struct reading *reading, struct nf_span text)
{
    while (text.len && (text.data[text.len - 1] == ' ' || text.data[text.len - 1] == '\r'
                        || text.data[text.len - 1] == '\t'))
        text.len--;
    if (!text.len)
        return end_rule(reading);
    return text.data[0] == '#' ? NF_OK : read_key(reading, text);
}

static enum nf_status read_file(struct reading *reading)
{
    enum nf_status status = NF_OK;
    for (size_t at = 0; at < reading->text.len && status == NF_OK;) {
        const char *from = reading->text.data + at;
        const char *end = memchr(from, '\n', reading->text.len - at);
        size_t len = end ? (size_t)(end - from) : reading->text.len - at;
        reading->line++;
        status = read_text_line(reading, nf_span(from, len));
        at += len + 1;
    }
    return status == NF_OK ? end_rule(reading) : status;
}

/* A rule file that is no UTF-8 was saved by mistake; better said than matched against nothing. */
static enum nf_status check_utf8(struct nf_span text, struct nf_buf *valid, struct nf_error *error)
{
    struct nf_decoder decoder = {.encoding = NF_UTF8};
    uint64_t line = 1;
    for (size_t at = 0; at < text.len && !decoder.replaced; at++) {
        nf_decode(&decoder, text.data + at, 1, valid);
        line += text.data[at] == '\n' && !decoder.replaced;
    }
    nf_decode_end(&decoder, valid);
    return decoder.replaced ? nf_fail(error, NF_ESYNTAX, line, "this is no UTF-8") : NF_OK;
}

static enum nf_status check_pattern(struct nf_span pattern, unsigned flags, struct nf_error *error)
{
    struct nf_regex *regex = NULL;
    enum nf_status status = pattern.data ? nf_regex_new(pattern, flags, &regex, error) : NF_OK;
    nf_regex_free(regex);
    return status;
}

/* A user's patterns are compiled now, so that a bad one is told before the run and not in its middle. */
static enum nf_status check_patterns(const struct nf_rules *rules, size_t first_rule, struct nf_error *error)
{
    enum nf_status status = NF_OK;
    for (size_t i = first_rule; status == NF_OK && i < rules->count; i++) {
        const struct nf_rule *rule = &rules->rule[i];
        for (size_t k = 0; status == NF_OK && k < rule->pattern_count; k++)
            status = check_pattern(rules->pattern[rule->first_pattern + k].text, rule->flags, error);
        if (status == NF_OK)
            status = check_pattern(rule->before.pattern, 0, error);
        if (status == NF_OK)
            status = check_pattern(rule->after.pattern, 0, error);
        if (status != NF_OK && error)
            error->line = rule->line;
    }
    return status;
}

enum nf_status nf_rules_add(struct nf_rules *rules, struct nf_span text, const char *file, struct nf_error *error)
{
    size_t first_rule = rules->count;
    struct nf_buf valid = {0};
    enum nf_status status = check_utf8(text, &valid, error);
    rules->fingerprint = rules->fingerprint * FINGERPRINT_BASE + nf_digest_of(text).low;
    struct reading reading = {.rules = rules, .file = file, .error = error,
                              .text = nf_span(keep_text(rules, nf_buf_span(&valid)), valid.len)};
    if (status == NF_OK)
        status = read_file(&reading);
    nf_buf_release(&valid);
    nf_index_make(&rules->index);
    return status == NF_OK ? check_patterns(rules, first_rule, error) : status;
}

uint64_t nf_rules_fingerprint(const struct nf_rules *rules)
{
    uint64_t builtin = rules->builtin ? nf_builtin_fingerprint : nf_digest_of(nf_span("", 0)).low;
    return rules->fingerprint * FINGERPRINT_BASE + builtin;
}
