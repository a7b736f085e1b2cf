package org.casewire.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.casewire.ingest.testing.Signer;
import org.junit.jupiter.api.Test;

class SignaturesTest {

    private static final String URL = "https://texts.example.org/twilio/demo/messages";

    private static boolean isGenuine(String signature, String... tokens) {
        Form form = Form.parse("Body=hi+there&From=%2B14045550123".getBytes(StandardCharsets.UTF_8));
        return Signatures.isGenuine(
                signature, List.of(tokens).stream().map(Signatures::key).toList(), List.of(URL), form);
    }

    @Test
    void whatTwiliosLibraryHoldsForGenuineIsGenuine() {
        String signature = Signer.sign("secret", URL, List.of("Body", "hi there", "From", "+14045550123"));
        assertThat(new RequestValidator("secret")
                        .validate(URL, Map.of("Body", "hi there", "From", "+14045550123"), signature))
                .isTrue();
        assertThat(isGenuine(signature, "secret")).isTrue();
    }

    @Test
    void eachLiveTokenCounts() {
        String signature = Signer.sign("next", URL, List.of("Body", "hi there", "From", "+14045550123"));
        assertThat(isGenuine(signature, "secret", "next")).isTrue();
        assertThat(isGenuine(signature, "secret")).isFalse();
    }

    @Test
    void aSignatureOfOtherBytesIsNoSignature() {
        assertThat(isGenuine("žluťoučký", "secret")).isFalse();
        assertThat(isGenuine("", "secret")).isFalse();
    }
}
