package org.casewire.outbound.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/**
 * Markdown and HTML made plain for a handset: bold becomes capitals, a link shows its address, lists and tables stay
 * readable, pictures become their alternative text, and nothing that runs or is hidden is left.
 */
public final class StyledText {

    /** Nobody nests deeper by hand, and parsers that follow would run out of stack. */
    private static final int DEEPEST = 100;

    private static final Parser MARKDOWN = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .maxOpenBlockParsers(DEEPEST)
            .maxInlineNesting(DEEPEST)
            .build();
    private static final HtmlRenderer TO_HTML = HtmlRenderer.builder()
            .extensions(List.of(TablesExtension.create()))
            .softbreak("<br>")
            .build();

    private static final Set<String> NOT_SHOWN = Set.of(
            "head",
            "script",
            "style",
            "template",
            "noscript",
            "iframe",
            "object",
            "svg",
            "math",
            "audio",
            "video",
            "select",
            "textarea");
    private static final Set<String> PARAGRAPHS = Set.of(
            "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre", "blockquote", "figure", "hr");
    private static final Set<String> LISTS = Set.of("ul", "ol");
    private static final Set<String> CELLS = Set.of("td", "th");

    private static final Pattern BOLD = Pattern.compile("font-weight\\s*:\\s*(bold|[6-9]00)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_BOLD = Pattern.compile("font-weight\\s*:", Pattern.CASE_INSENSITIVE);

    private static final Pattern HIDDEN = Pattern.compile("display\\s*:\\s*none", Pattern.CASE_INSENSITIVE);

    /** Addresses stop working in capitals. */
    private static final Pattern ADDRESS = Pattern.compile("(?:https?://|www\\.)\\S+|\\S+@\\S+|\\S+\\.\\S+/\\S*");

    private StyledText() {}

    /** Plain text of CommonMark with tables; a line break in a paragraph stays one. */
    public static String fromMarkdown(String markdown) {
        return fromHtml(TO_HTML.render(MARKDOWN.parse(markdown)));
    }

    /** Plain text of HTML. */
    public static String fromHtml(String html) {
        Reader reader = new Reader();
        Jsoup.parse(html).filter(reader);
        return reader.lines.finished();
    }

    private static final class Reader implements NodeFilter {

        private static final int NO_NUMBERS = -1;
        private static final int NO_LINK = -1;

        private final Lines lines = new Lines();
        private final Deque<Integer> numbers = new ArrayDeque<>();
        private int preformatted;
        private int cells;
        private int link = NO_LINK;

        @Override
        public FilterResult head(Node node, int depth) {
            if (node instanceof TextNode text) {
                write(text);
            } else if (node instanceof Element element) {
                if (isHidden(element)) {
                    return FilterResult.SKIP_ENTIRELY;
                }
                open(element);
            }
            return FilterResult.CONTINUE;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            if (node instanceof Element element) {
                close(element);
            }
            return FilterResult.CONTINUE;
        }

        private static boolean isHidden(Element element) {
            return NOT_SHOWN.contains(element.normalName())
                    || element.hasAttr("hidden")
                    || HIDDEN.matcher(element.attr("style")).find();
        }

        private void write(TextNode node) {
            String text = node.getWholeText();
            String said = link == NO_LINK && isBold(node) ? capitals(text) : text;
            if (preformatted > 0) {
                lines.verbatim(said);
            } else {
                lines.text(said);
            }
        }

        private void open(Element element) {
            separate(element);
            switch (element.normalName()) {
                case "br" -> lines.lineBreak();
                case "hr" -> lines.text("---");
                case "img" -> lines.text(element.attr("alt"));
                case "a" -> link = lines.length();
                case "tr" -> cells = 0;
                case "pre" -> preformatted++;
                case "ul", "ol" -> numbers.push(firstNumber(element));
                case "li" -> lines.item("  ".repeat(Math.max(0, numbers.size() - 1)) + marker());
                case "td", "th" -> openCell(element);
                default -> {}
            }
        }

        private void close(Element element) {
            switch (element.normalName()) {
                case "a" -> {
                    Link.of(element.attr("href"), lines.since(link)).ifPresent(lines::text);
                    link = NO_LINK;
                }
                case "pre" -> preformatted--;
                case "ul", "ol" -> numbers.pop();
                default -> {}
            }
            separate(element);
        }

        private void separate(Element element) {
            String name = element.normalName();
            if (CELLS.contains(name)) {
                return;
            }
            if (PARAGRAPHS.contains(name) && numbers.isEmpty() && !isInCell(element)) {
                lines.paragraph();
            } else if (element.isBlock() || LISTS.contains(name)) {
                lines.line();
            }
        }

        private static boolean isInCell(Element element) {
            Element parent = element.parent();
            return parent != null && CELLS.contains(parent.normalName());
        }

        /** A table that only places things on a page reads from top to bottom; one of words reads in rows. */
        private void openCell(Element cell) {
            cells++;
            if (cell.children().stream().anyMatch(Element::isBlock)) {
                lines.line();
            } else if (cells > 1) {
                lines.text(" | ");
            }
        }

        private String marker() {
            Integer number = numbers.peek();
            if (number == null || number == NO_NUMBERS) {
                return "- ";
            }
            numbers.push(numbers.pop() + 1);
            return number + ". ";
        }

        private static int firstNumber(Element list) {
            if (!list.normalName().equals("ol")) {
                return NO_NUMBERS;
            }
            String start = list.attr("start");
            return start.matches("\\d{1,6}") ? Integer.parseInt(start) : 1;
        }

        private static boolean isBold(Node node) {
            for (Node at = node.parent(); at instanceof Element element; at = at.parent()) {
                String style = element.attr("style");
                if (NOT_BOLD.matcher(style).find()) {
                    return BOLD.matcher(style).find();
                }
                if (element.normalName().equals("b") || element.normalName().equals("strong")) {
                    return true;
                }
            }
            return false;
        }

        private static String capitals(String text) {
            StringBuilder said = new StringBuilder();
            int from = 0;
            for (MatchResult address :
                    (Iterable<MatchResult>) ADDRESS.matcher(text).results()::iterator) {
                said.append(text.substring(from, address.start()).toUpperCase(Locale.ROOT));
                said.append(address.group());
                from = address.end();
            }
            return said.append(text.substring(from).toUpperCase(Locale.ROOT)).toString();
        }
    }
}
