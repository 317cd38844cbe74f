/*
 * sax_only.c: parses pages with libxml2's SAX interface and copies their text out, and nothing else.
 * The bound that the page reader's speed is measured against.
 *
 *     sax_only FILE... > text
 */
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void on_text(void *context, const xmlChar *text, int len)
{
    (void)context;
    fwrite(text, 1, (size_t)len, stdout);
}

static void on_open(void *context, const xmlChar *name, const xmlChar **attributes)
{
    (void)context, (void)name, (void)attributes;
}

static void on_close(void *context, const xmlChar *name)
{
    (void)context, (void)name;
}

static char *read_file(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        exit(2);
    }
    *len = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*len + 1);
    if (!bytes || fread(bytes, 1, *len, file) != *len) {
        perror(path);
        exit(2);
    }
    fclose(file);
    return bytes;
}

int main(int argc, char **argv)
{
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
    for (int i = 1; i < argc; i++) {
        size_t len;
        char *bytes = read_file(argv[i], &len);
        htmlParserCtxtPtr parser = htmlNewParserCtxt();
        memset(parser->sax, 0, sizeof *parser->sax);
        parser->sax->startElement = on_open;
        parser->sax->endElement = on_close;
        parser->sax->characters = parser->sax->cdataBlock = on_text;
        htmlDocPtr document = htmlCtxtReadMemory(parser, bytes, (int)len, NULL, "UTF-8", options);
        if (document)
            xmlFreeDoc(document);
        htmlFreeParserCtxt(parser);
        free(bytes);
    }
    return 0;
}
