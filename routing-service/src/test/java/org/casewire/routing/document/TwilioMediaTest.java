package org.casewire.routing.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.casewire.events.site.TwilioCredentials;
import org.casewire.events.site.TwilioCredentials.Account;
import org.casewire.routing.document.TwilioMedia.Judged;
import org.casewire.routing.document.TwilioMedia.Login;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioMediaTest {

    private static final String OWN = TwilioStub.ACCOUNT;
    private static final String PATH = "/2010-04-01/Accounts/" + OWN + "/Messages/MM1/Media/ME1";

    private static TwilioMedia media(String base, Account account) {
        return new TwilioMedia(new TwilioAddress(URI.create(base)), new TwilioCredentials(Map.of("demo", account)));
    }

    private static final Account WITH_TOKEN = new Account(OWN, List.of("token"), null);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.twilio.com",
                "https://API.twilio.com",
                "https://api.twilio.com:443",
                "https://api.dublin.ie1.twilio.com",
                "https://api.sydney.au1.twilio.com"
            })
    void whateverOfTwiliosRegionsAnAddressNamesTheConfiguredOneIsAsked(String origin) {
        Judged judged = media("https://api.twilio.com", WITH_TOKEN).judge("demo", origin + PATH, null);

        assertThat(judged.target().orElseThrow().address()).isEqualTo(URI.create("https://api.twilio.com" + PATH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.twilio.com",
                "https://api.twilio.com.example.org",
                "https://evil-api.twilio.com.",
                "https://media.twilio.com",
                "https://api.twilio.com:8443",
                "https://api.twilio.com@example.org",
                "https://example.org/api.twilio.com",
                "https://api.a.b.c.twilio.com"
            })
    void whatOnlyLooksLikeTwilioIsNotAsked(String origin) {
        assertThat(media("https://api.twilio.com", WITH_TOKEN)
                        .judge("demo", origin + PATH, null)
                        .target())
                .isEmpty();
    }

    @Test
    void whereTwilioIsStoodInForItsOwnAddressesAreForeign() {
        TwilioMedia media = media("http://twin:8085/", WITH_TOKEN);

        assertThat(media.judge("demo", "https://api.twilio.com" + PATH, null).target())
                .isEmpty();
        assertThat(media.judge("demo", "http://twin:8085" + PATH + ".json", null)
                        .target()
                        .orElseThrow()
                        .address())
                .isEqualTo(URI.create("http://twin:8085" + PATH));
    }

    @Test
    void anApiKeyIsUsedInsteadOfTheToken() {
        Account account = new Account(OWN, List.of("token"), "SK1:secret");

        assertThat(media("https://api.twilio.com", account)
                        .judge("demo", "https://api.twilio.com" + PATH, null)
                        .target()
                        .orElseThrow()
                        .logins())
                .containsExactly(new Login("SK1", "secret"));
    }

    @Test
    void aLoginDoesNotShowItsPassword() {
        assertThat(new Login("SK1", "secret")).hasToString("Login[SK1]");
    }
}
