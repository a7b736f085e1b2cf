package org.casewire.ingest.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.casewire.events.SiteDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import tools.jackson.databind.json.JsonMapper;

class TwimlTest {

    private static final int TWILIO_READS = 64 * 1024;

    private static Element parsed(byte[] markup) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(markup))
                .getDocumentElement();
    }

    private static byte[] call(String settings) {
        return CallResponses.of(
                JsonMapper.shared().readValue("{\"site\":\"demo\"" + settings + "}", SiteDocument.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thank you.",
                "Tom & Jerry's <b>\"office\"</b> ]]> &amp;",
                "Grüße 日本語 👩‍👩‍👧",
                "two\nlines\r\nof text",
                "  spaces around  "
            })
    void aTextArrivesAsItIs(String text) throws Exception {
        Element response = parsed(Twiml.message(text));
        assertThat(response.getTagName()).isEqualTo("Response");
        assertThat(response.getChildNodes().getLength()).isEqualTo(1);
        assertThat(response.getFirstChild().getNodeName()).isEqualTo("Message");
        assertThat(response.getFirstChild().getTextContent()).isEqualTo(text);
    }

    @Test
    void whatCannotStandInXmlIsLeftOut() throws Exception {
        String text = "a\u0000b\u001fc\ud800d\udc00e\ufffef";
        assertThat(parsed(Twiml.message(text)).getTextContent()).isEqualTo("abcdef");
    }

    @Test
    void theLongestAnswerIsStillReadByTwilio() throws Exception {
        byte[] markup = Twiml.message("'".repeat(100_000));
        assertThat(markup.length).isLessThan(TWILIO_READS);
        assertThat(parsed(markup).getTextContent()).matches("'+");
    }

    @Test
    void nothingIsAnEmptyResponse() {
        assertThat(new String(Twiml.nothing(), StandardCharsets.UTF_8))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>");
    }

    @Test
    void aCallHearsTheSitesWordsInItsVoiceAndLanguage() throws Exception {
        Element response = parsed(call(
                ",\"callResponse\":\"Press < & hang up.\",\"callVoice\":\"Polly.Mia\",\"callLanguage\":\"es-MX\""));
        Element say = (Element) response.getFirstChild();
        assertThat(say.getTagName()).isEqualTo("Say");
        assertThat(say.getTextContent()).isEqualTo("Press < & hang up.");
        assertThat(say.getAttribute("voice")).isEqualTo("Polly.Mia");
        assertThat(say.getAttribute("language")).isEqualTo("es-MX");
        assertThat(response.getLastChild().getNodeName()).isEqualTo("Hangup");
    }

    @ParameterizedTest
    @CsvSource({"en,en-US", "es,es-US", "fr,fr-CA", "en-GB,en-GB", "ht,''"})
    void withoutALanguageOfItsOwnItIsTheSites(String language, String spoken) throws Exception {
        Element say = (Element) parsed(call(",\"callResponse\":\"Hello\",\"language\":\"" + language + "\""))
                .getFirstChild();
        assertThat(say.getAttribute("language")).isEqualTo(spoken);
        assertThat(say.hasAttribute("voice")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"callResponse\":null", ",\"callResponse\":\" \""})
    void aSiteWithoutCallResponseTakesNoCalls(String settings) throws Exception {
        Element response = parsed(call(settings));
        assertThat(response.getChildNodes().getLength()).isEqualTo(1);
        assertThat(response.getFirstChild().getNodeName()).isEqualTo("Reject");
    }
}
