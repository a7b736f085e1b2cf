package org.casewire.routing.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.casewire.events.SiteDocument;
import org.casewire.events.transport.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypesTest {

    private static final List<String> ORDINARY = WireJson.MAPPER
            .readValue("{\"site\":\"any\"}", SiteDocument.class)
            .documents()
            .types();

    private final Types types = new Types();

    private static byte[] latin1(String text) {
        return text.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        "'\\377\\330\\377\\340\\0\\20JFIF', image/jpg, image/jpeg",
        "'\\377\\330\\377\\340\\0\\20JFIF', , image/jpeg",
        "'\\377\\330\\377\\340\\0\\20JFIF', text/html, image/jpeg",
        "'\\211PNG\\r\\n\\32\\n\\0\\0\\0\\15IHDR', image/png, image/png",
        "'GIF89a\\1\\0\\1\\0', image/gif, image/gif",
        "'\\0\\0\\0\\30ftypheic\\0\\0\\0\\0', image/heic, image/heic",
        "'\\0\\0\\0\\30ftypmif1\\0\\0\\0\\0heic', image/heif, image/heic",
        "'RIFF\\0\\0\\0\\0WEBPVP8 ', image/webp, image/webp",
        "'%PDF-1.4\\n', application/pdf, application/pdf",
        "'BEGIN:VCARD\\nVERSION:3.0\\n', text/x-vcard, text/vcard",
        "'BEGIN:VCARD\\nVERSION:3.0\\n', text/directory, text/vcard",
        "'#!AMR\\n....', audio/amr-nb, audio/amr",
        "'ID3\\3\\0\\0\\0\\0\\0\\0', audio/mp3, audio/mpeg",
        "'\\0\\0\\0\\30ftypM4A \\0\\0\\0\\0', audio/x-m4a, audio/mp4",
        "'\\0\\0\\0\\30ftypisom\\0\\0\\0\\0', video/mp4, video/mp4",
        "'\\0\\0\\0\\30ftypisom\\0\\0\\0\\0', audio/mp4; codecs=mp4a, audio/mp4",
        "'\\0\\0\\0\\30ftyp3gp4\\0\\0\\0\\0', video/3gpp, video/3gpp",
        "'\\0\\0\\0\\24ftypqt  \\0\\0\\0\\0', video/quicktime, video/quicktime",
    })
    void everyTypeThatIsKeptByDefaultIsKnownByItsContent(String content, String declared, String type) {
        assertThat(types.among(ORDINARY, latin1(content), declared)).contains(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><html></html>",
                "<html><script>alert(1)</script></html>",
                "  \\n<script>alert(1)</script>",
                "just words",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                "<?xml version=\"1.0\"?><x/>",
                "PK\\3\\4\\24\\0\\0\\0\\10\\0abc",
                "\\37\\213\\10\\0\\0\\0\\0\\0\\0\\3",
                "MZ\\220\\0\\3\\0\\0\\0",
                "\\1\\2\\3\\4\\360\\340\\0\\0"
            })
    void whateverItIsCalledAnythingElseIsNotKept(String content) {
        for (String declared : ORDINARY) {
            assertThat(types.among(ORDINARY, latin1(content), declared)).isEmpty();
        }
    }

    @Test
    void aTypeWhoseContentSaysLessIsTakenAtItsWordWhereTheSiteKeepsIt() {
        assertThat(types.among(List.of("text/csv"), latin1("a,b\\n1,2\\n"), "text/csv"))
                .contains("text/csv");
        assertThat(types.among(List.of("text/csv"), latin1("<html>"), "text/csv"))
                .isEmpty();
        assertThat(types.among(List.of("text/plain"), latin1("<html>"), "text/plain"))
                .isEmpty();
        assertThat(types.among(List.of("IMAGE/JPG"), latin1("\\377\\330\\377\\340\\0\\20JFIF"), null))
                .contains("image/jpeg");
    }

    @ParameterizedTest
    @CsvSource({
        "image/jpeg, .jpg",
        "image/png, .png",
        "application/pdf, .pdf",
        "text/vcard, .vcf",
        "audio/mp4, .m4a",
        "video/quicktime, .mov",
        "not/known, ''",
    })
    void aNameEndsAsItsTypeDoes(String type, String ending) {
        assertThat(types.ending(type)).isEqualTo(ending);
    }
}
