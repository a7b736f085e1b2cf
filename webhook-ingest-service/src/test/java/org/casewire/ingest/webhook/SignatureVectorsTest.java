package org.casewire.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Twilio's own libraries and documents hold to be a signature; each vector names its source. */
class SignatureVectorsTest {

    static List<Named<JsonNode>> vectors() throws IOException {
        try (InputStream file = SignatureVectorsTest.class.getResourceAsStream("/twilio/signature-vectors.json")) {
            List<Named<JsonNode>> vectors = new ArrayList<>();
            JsonMapper.shared()
                    .readTree(file)
                    .forEach(vector ->
                            vectors.add(Named.of(vector.get("source").asString().replaceFirst("^.*#", ""), vector)));
            return vectors;
        }
    }

    /** The form as it stands on the wire, so that the reading of it is tried as well. */
    private static Form form(JsonNode params) {
        Stream<String> pairs = params.isArray()
                ? params.valueStream()
                        .map(pair -> pair(pair.get(0).asString(), pair.get(1).asString()))
                : params.propertyStream()
                        .map(field -> pair(
                                field.getKey(),
                                field.getValue().isNull()
                                        ? ""
                                        : field.getValue().asString()));
        return Form.parse(String.join("&", pairs.toList()).getBytes(StandardCharsets.UTF_8));
    }

    private static String pair(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static boolean isGenuine(JsonNode vector, String signature, String token) {
        String url = vector.get("url").asString();
        int path = url.indexOf('/', url.indexOf("//") + 2);
        int query = url.indexOf('?');
        List<String> addresses = PublicAddress.of(url.substring(0, path))
                .spellings(
                        url.substring(path, query < 0 ? url.length() : query),
                        query < 0 ? null : url.substring(query + 1));
        return Signatures.isGenuine(signature, List.of(Signatures.key(token)), addresses, form(vector.get("params")));
    }

    @Test
    void allTwentySevenAreHere() throws IOException {
        assertThat(vectors()).hasSize(27);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theSignatureIsGenuine(JsonNode vector) {
        assertThat(isGenuine(
                        vector,
                        vector.get("signature").asString(),
                        vector.get("authToken").asString()))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void anotherTokenOrAnotherSignatureIsNot(JsonNode vector) {
        String signature = vector.get("signature").asString();
        String token = vector.get("authToken").asString();
        String other = (signature.startsWith("A") ? "B" : "A") + signature.substring(1);
        assertThat(isGenuine(vector, signature, "12346")).isFalse();
        assertThat(isGenuine(vector, other, token)).isFalse();
        assertThat(isGenuine(vector, signature.substring(0, 27), token)).isFalse();
        assertThat(isGenuine(vector, "", token)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theBodyIsTheOneTheAddressNames(JsonNode vector) throws GeneralSecurityException {
        if (vector.has("body")) {
            byte[] body = vector.get("body").asString().getBytes(StandardCharsets.UTF_8);
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body));
            assertThat(vector.get("url").asString()).contains("bodySHA256=" + hash);
        }
    }
}
