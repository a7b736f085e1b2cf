package org.casewire.twin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.casewire.twin.account.Account;
import org.casewire.twin.http.Form;
import org.casewire.twin.http.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class SignatureTest {

    static Stream<Arguments> vectors() throws IOException {
        try (InputStream file = SignatureTest.class.getResourceAsStream("signatures.json")) {
            return Json.parse(file.readAllBytes())
                    .valueStream()
                    .map(vector -> Arguments.of(
                            vector.path("source").asString(),
                            vector.path("url").asString(),
                            form(vector.path("params")),
                            vector.path("signature").asString()));
        }
    }

    private static Form form(JsonNode params) {
        Form form = new Form();
        params.forEach(param -> form.add(param.get(0).asString(), param.get(1).asString()));
        return form;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("vectors")
    void theSignatureIsTwilios(String source, String url, Form form, String signature) {
        assertThat(Signature.of(Account.signingKey("12345"), url, form)).isEqualTo(signature);
    }

    @Test
    void messagesKeepThePortAndCallsOverHttpsDropIt() {
        WebhookUrl https =
                WebhookUrl.parse("https://example.org:8443/a?b=c#rc=1").orElseThrow();
        WebhookUrl http = WebhookUrl.parse("http://example.org:8080/a").orElseThrow();

        assertThat(https.signedForMessages()).isEqualTo("https://example.org:8443/a?b=c");
        assertThat(https.signedForCalls()).isEqualTo("https://example.org/a?b=c");
        assertThat(http.signedForCalls()).isEqualTo("http://example.org:8080/a");
    }

    @Test
    void credentialsAreSentButNotSigned() {
        WebhookUrl url = WebhookUrl.parse("https://user:pass@example.org/a").orElseThrow();

        assertThat(url.signedForMessages()).isEqualTo("https://example.org/a");
        assertThat(url.target()).hasToString("https://example.org/a");
        assertThat(url.authorization()).contains("Basic dXNlcjpwYXNz");
    }
}
