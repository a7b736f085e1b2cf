package org.casewire.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ProxiesTest {

    private static MockHttpServletRequest from(String address, String... headers) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        for (int at = 0; at < headers.length; at += 2) {
            request.addHeader(headers[at], headers[at + 1]);
        }
        return request;
    }

    private static Proxies trusting(String... networks) {
        return new Proxies(new EdgeProperties(List.of(), List.of(networks)));
    }

    @Test
    void nobodyIsBelievedUnlessConfigured() {
        MockHttpServletRequest request =
                from("10.0.0.1", "X-Forwarded-Host", "evil.example", "X-Forwarded-For", "1.2.3.4");
        assertThat(trusting().origin(request)).isNull();
        assertThat(trusting().caller(request)).isEqualTo("10.0.0.1");
        assertThat(trusting("192.168.0.0/16").origin(request)).isNull();
        assertThat(trusting("192.168.0.0/16").caller(request)).isEqualTo("10.0.0.1");
    }

    @Test
    void aTrustedProxySaysWhereItWasCalledAndByWhom() {
        Proxies proxies = trusting("192.168.0.1", "10.0.0.0/8");
        assertThat(proxies.origin(from("10.1.2.3", "X-Forwarded-Host", "a.example")))
                .isEqualTo("https://a.example");
        assertThat(proxies.origin(from(
                        "10.1.2.3",
                        "X-Forwarded-Proto",
                        "http",
                        "X-Forwarded-Host",
                        "a.example",
                        "X-Forwarded-Port",
                        "8080",
                        "X-Forwarded-Prefix",
                        "/texts")))
                .isEqualTo("http://a.example:8080/texts");
        assertThat(proxies.origin(from("10.1.2.3", "X-Forwarded-Host", "a.example:8443", "X-Forwarded-Port", "1")))
                .isEqualTo("https://a.example:8443");
        assertThat(proxies.origin(from("10.1.2.3"))).isNull();
        assertThat(proxies.caller(from("10.1.2.3", "X-Forwarded-For", "6.6.6.6, 1.2.3.4")))
                .isEqualTo("1.2.3.4");
    }

    @Test
    void ofSeveralValuesTheLastIsTheProxysOwn() {
        assertThat(trusting("10.0.0.0/8").origin(from("10.1.2.3", "X-Forwarded-Host", "evil.example, a.example")))
                .isEqualTo("https://a.example");
    }
}
