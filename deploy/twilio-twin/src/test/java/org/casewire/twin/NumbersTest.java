package org.casewire.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.casewire.twin.RunningTwin.ACCOUNT;
import static org.casewire.twin.RunningTwin.HANDSET;
import static org.casewire.twin.RunningTwin.NUMBER;

import org.casewire.twin.RunningTwin.Response;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NumbersTest extends TwinTest {

    @Test
    void theAccountsNumbersAreListedInTwiliosShape() throws Exception {
        JsonNode listed = twin.get("IncomingPhoneNumbers.json").json();

        assertThat(listed.path("incoming_phone_numbers")).hasSize(2);
        JsonNode number = listed.path("incoming_phone_numbers").get(0);
        assertThat(number.path("phone_number").asString()).isEqualTo(NUMBER);
        assertThat(number.path("friendly_name").asString()).isEqualTo("(404) 555-0100");
        assertThat(number.path("sid").asString()).matches("PN[0-9a-f]{32}");
        assertThat(number.path("account_sid").asString()).isEqualTo(ACCOUNT);
        assertThat(number.path("sms_url").asString()).isEqualTo(twin.webhooks().url("/sms"));
        assertThat(number.path("sms_method").asString()).isEqualTo("POST");
        assertThat(number.path("capabilities").path("sms").asBoolean()).isTrue();
    }

    @Test
    void aNumberCanBeFoundBoughtUsedAndReleased() throws Exception {
        JsonNode offered = twin.get("AvailablePhoneNumbers/US/Local.json?AreaCode=617&Contains=55501*7")
                .json()
                .path("available_phone_numbers");
        String number = offered.get(0).path("phone_number").asString();
        assertThat(number).matches("\\+161755501\\d7");
        assertThat(offered.get(0).path("locality").asString()).isEqualTo("Boston");

        Response bought = twin.post(
                "IncomingPhoneNumbers.json",
                "PhoneNumber",
                number,
                "SmsUrl",
                twin.webhooks().url("/bought"));

        assertThat(bought.status()).isEqualTo(201);
        assertThat(bought.text("phone_number")).isEqualTo(number);
        assertThat(twin.post("Messages.json", "To", HANDSET, "From", number, "Body", "New number")
                        .status())
                .isEqualTo(201);
        twin.restart();
        twin.say(HANDSET, "Hello", number);
        assertThat(twin.webhooks().called().getFirst().uri()).isEqualTo("/bought");
        assertThat(twin.post("IncomingPhoneNumbers.json", "PhoneNumber", number).code())
                .isEqualTo(21422);
        assertThat(twin.delete("IncomingPhoneNumbers/" + bought.text("sid") + ".json")
                        .status())
                .isEqualTo(204);
        assertThat(twin.post("Messages.json", "To", HANDSET, "From", number, "Body", "Gone")
                        .code())
                .isEqualTo(21606);
    }

    @Test
    void aNumbersWebhookCanBeMoved() throws Exception {
        String sid = twin.get("IncomingPhoneNumbers.json?PhoneNumber=%2B14045550100")
                .json()
                .path("incoming_phone_numbers")
                .get(0)
                .path("sid")
                .asString();

        Response changed = twin.post(
                "IncomingPhoneNumbers/" + sid + ".json",
                "SmsUrl",
                twin.webhooks().url("/moved"));

        assertThat(changed.text("sms_url")).endsWith("/moved");
        twin.say(HANDSET, "Hello");
        assertThat(twin.webhooks().called().getFirst().uri()).isEqualTo("/moved");
    }

    @Test
    void aBadNumberCannotBeBought() throws Exception {
        assertThat(twin.post("IncomingPhoneNumbers.json", "PhoneNumber", "12").code())
                .isEqualTo(21421);
        assertThat(twin.post("IncomingPhoneNumbers.json", "AreaCode", "212").text("phone_number"))
                .startsWith("+1212");
    }

    @Test
    void theNumbersOfAMessagingServiceAreListedAsTheMessagingApiDoes() throws Exception {
        String path = "/v1/Services/" + RunningTwin.SERVICE + "/PhoneNumbers?PageSize=1";
        String credentials = RunningTwin.credentials(ACCOUNT, RunningTwin.TOKEN);

        Response listed = twin.send(
                twin.request(path).header("Authorization", credentials).build());

        assertThat(listed.status()).isEqualTo(200);
        JsonNode pool = listed.json().path("phone_numbers");
        assertThat(pool).hasSize(1);
        assertThat(pool.get(0).path("phone_number").asString()).isEqualTo(RunningTwin.FAST);
        assertThat(listed.json().path("meta").path("next_page_url").isNull()).isTrue();
        assertThat(listed.json().path("meta").path("first_page_url").asString()).startsWith(twin.url("/v1/Services/"));
        assertThat(twin.send(twin.request(path).build()).status()).isEqualTo(401);
        assertThat(twin.send(twin.request("/v1/Services/MG1/PhoneNumbers")
                                .header("Authorization", credentials)
                                .build())
                        .status())
                .isEqualTo(404);
    }
}
