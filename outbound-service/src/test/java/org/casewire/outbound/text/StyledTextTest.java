package org.casewire.outbound.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StyledTextTest {

    private static String shown(String lines) {
        return lines.replace("⏎", "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    Hello                                              ~ Hello
                    Please come **on Monday** at 9                     ~ Please come ON MONDAY at 9
                    __Important__: bring *your* papers                 ~ IMPORTANT: bring your papers
                    **straße größe**                                   ~ STRASSE GRÖSSE
                    ***both***                                         ~ BOTH
                    line one⏎line two                                  ~ line one⏎line two
                    one⏎⏎⏎⏎two                                         ~ one⏎⏎two
                    # Hearing⏎Room 4                                   ~ Hearing⏎⏎Room 4
                    [the form](https://forms.example.org/Ab?x=1&y=2)   ~ the form (https://forms.example.org/Ab?x=1&y=2)
                    <https://forms.example.org/Ab>                     ~ https://forms.example.org/Ab
                    [https://a.example.org](https://a.example.org/)    ~ https://a.example.org
                    **Sign [the Form](https://a.example.org/Ab) now**  ~ SIGN the Form (https://a.example.org/Ab) NOW
                    **See https://a.example.org/Ab or a.b/Cd**         ~ SEE https://a.example.org/Ab OR a.b/Cd
                    [click](javascript:alert(1))                       ~ click
                    [click](data:text/html,x)                          ~ click
                    [mail us](mailto:help@example.org?subject=a)       ~ mail us (help@example.org)
                    [help@example.org](mailto:help@example.org)        ~ help@example.org
                    [call (404) 538-7319](tel:+14045387319)            ~ call (404) 538-7319
                    [call us](tel:+14045387319)                        ~ call us (+14045387319)
                    - milk⏎- bread                                     ~ - milk⏎- bread
                    Bring:⏎⏎1. your id⏎2. a pen⏎⏎See you               ~ Bring:⏎⏎1. your id⏎2. a pen⏎⏎See you
                    3. three⏎4. four                                   ~ 3. three⏎4. four
                    - a⏎  - b⏎  - c⏎- d                                ~ - a⏎  - b⏎  - c⏎- d
                    ![a map](https://a.example.org/map.png)            ~ a map
                    [![a map](https://a.example.org/m.png)](https://a.example.org) ~ a map (https://a.example.org)
                    AT&amp;T &lt;3 &eacute; &#8364;                    ~ AT&T <3 é €
                    `code` and 2 \\* 3                                 ~ code and 2 * 3
                    <b>html</b> in it<script>alert(1)</script>         ~ HTML in it
                    > quoted                                           ~ quoted
                    Mon 9:00 {name} ${x} {{y}} #{z} C:\\\\d            ~ Mon 9:00 {name} ${x} {{y}} #{z} C:\\d
                    """)
    void markdownIsReadAsPlainText(String markdown, String plain) {
        assertThat(StyledText.fromMarkdown(shown(markdown).replace("\\\\", "\\")))
                .isEqualTo(shown(plain).replace("\\\\", "\\"));
    }

    @Test
    void aTableOfMarkdownReadsInRows() {
        assertThat(StyledText.fromMarkdown("| Day | Time |\n|---|---|\n| Mon | **9:00** |\n| Tue | |\n\nSee you"))
                .isEqualTo("Day | Time\nMon | 9:00\nTue |\n\nSee you");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    <p>One</p><p>Two</p>                               ~ One⏎⏎Two
                    <div>One</div><div>Two</div>                       ~ One⏎Two
                    One<br>Two<br/><br>Three                           ~ One⏎Two⏎⏎Three
                    <b>Now</b> or <strong>never</strong>               ~ NOW or NEVER
                    <span style="font-weight: 700">Bold</span>         ~ BOLD
                    <b style="font-weight:normal">all of it</b>        ~ all of it
                    <b>İstanbul ıi</b>                                 ~ İSTANBUL II
                    <ul><li>a</li><li><p>b</p></li></ul>               ~ - a⏎- b
                    <ol start="5"><li>a<li>b</ol>                      ~ 5. a⏎6. b
                    <style>p{}</style><script>x</script>Hi<!-- no -->  ~ Hi
                    <title>t</title><p>Hi <span hidden>no</span></p>   ~ Hi
                    <div style="display:none">preview</div>Hi          ~ Hi
                    Tom &amp; Jerry&nbsp;&copy; &lt;b&gt;              ~ Tom & Jerry © <b>
                    <a href="https://a.example.org/x">form</a>         ~ form (https://a.example.org/x)
                    <a href="https://a.example.org/x"></a>             ~ https://a.example.org/x
                    <a href="JaVaScRiPt:alert(1)">click</a>            ~ click
                    <a href="java&#10;script:alert(1)">click</a>       ~ click
                    <a href="vbscript:x">a</a> <a href="file:///etc/passwd">b</a> <a href="/here">c</a> <a>d</a> ~ a b c d
                    <a href="https://a.example.org/a b">x</a>          ~ x (https://a.example.org/a%20b)
                    <img src="x" alt="Our office"><img src="y">        ~ Our office
                    <table><tr><th>Day<th>Time<tr><td>Mon<td>9</table> ~ Day | Time⏎Mon | 9
                    <table><tr><td><p>One</p><p>Two</p></td><td><div>Three</div></td></tr></table> ~ One⏎Two⏎Three
                    <pre>a  b⏎  c</pre>                                ~ a  b⏎  c
                    <p>unclosed <b>bold                                ~ unclosed BOLD
                    a&shy;b                                            ~ ab
                    1 < 2 and 3 > 2                                    ~ 1 < 2 and 3 > 2
                    """)
    void htmlIsReadAsPlainText(String html, String plain) {
        assertThat(StyledText.fromHtml(shown(html))).isEqualTo(shown(plain));
    }

    @Test
    void capitalsDoNotDependOnWhereTheServiceRuns() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(StyledText.fromMarkdown("**id**")).isEqualTo("ID");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {">", "- ", "*a ", "[", "![", "<div>", "<b>", "<ul><li>", "<table><tr><td>", "`", "&", "<", "\\"})
    void whatIsNestedWithoutEndIsReadAllTheSame(String opening) {
        String deep = opening.repeat(200_000 / opening.length()) + "x";
        for (String plain : List.of(StyledText.fromMarkdown(deep), StyledText.fromHtml(deep))) {
            assertThat(plain).hasSizeLessThanOrEqualTo(3 * deep.length());
        }
    }

    @Test
    void emphasisNestedThousandsDeepIsReadAllTheSame() {
        String deep = "*a ".repeat(20_000) + "a*".repeat(20_000);
        assertThat(StyledText.fromMarkdown(deep)).contains("a a a");
        String bold = "<b>".repeat(40_000) + "a" + "</b>".repeat(40_000);
        assertThat(StyledText.fromHtml(bold)).isEqualTo("A");
    }
}
