package org.casewire.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.casewire.events.CaseEvent.Assignment;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.Event;
import org.casewire.events.Matching;
import org.casewire.events.SiteDocument;
import org.casewire.events.UserEvent.UserChanged;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DemoCastTest {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    @Test
    void theServicesCanReadEveryEventAndFindTheSameKey() throws IOException {
        assertThat(DemoCast.events()).isNotEmpty().allSatisfy(event -> {
            Event read = STRICT.treeToValue(event.value(), typeOf(event));
            assertThat(event.topic()).isEqualTo(read.topic());
            assertThat(event.key()).isEqualTo(read.key());
            assertThat(event.subject()).isEqualTo(read.subject());
        });
    }

    @Test
    void theUsersOfTheTokensAreActiveUsers() throws IOException {
        assertThat(DemoCast.events().filter(event -> typeOf(event) == UserChanged.class))
                .map(event -> STRICT.treeToValue(event.value(), UserChanged.class))
                .extracting(UserChanged::userId, UserChanged::active, UserChanged::roles)
                .containsExactly(
                        tuple(DemoSite.STAFF, true, List.of(UserChanged.Role.STAFF)),
                        tuple(DemoSite.ADMIN, true, List.of(UserChanged.Role.ADMIN)));
    }

    @Test
    void thereIsACaseAnIntakeAndAPrescreen() throws IOException {
        assertThat(cases())
                .extracting(matter -> matter.caseRef().kind().name())
                .contains("CASE", "INTAKE", "PRESCREEN");
    }

    @Test
    void mariaAndSamHaveCasesAndOneAssignmentHasEnded() throws IOException {
        List<Assignment> assignments = cases().stream()
                .flatMap(matter -> matter.assignments().stream())
                .toList();

        assertThat(assignments)
                .filteredOn(assignment -> assignment.primary() && assignment.isCurrent(TODAY))
                .extracting(Assignment::userId)
                .contains("maria", "sam")
                .hasSize(cases().size());
        assertThat(assignments)
                .filteredOn(assignment -> !assignment.isCurrent(TODAY))
                .hasSize(1);
    }

    @Test
    void theSiteIsWhatTheContractSaysOfTheDemo() {
        Map<String, List<Map<String, Object>>> file = new Yaml().load(DemoSite.sitesFile());
        Map<String, Object> demo = new LinkedHashMap<>(file.get("sites").getFirst());

        assertThat(demo.remove("quickEntries"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .isNotEmpty();
        SiteDocument site = STRICT.convertValue(demo, SiteDocument.class);

        assertThat(site.site()).isEqualTo("demo");
        assertThat(site.timeZone()).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(site.consentPolicy()).isEqualTo(SiteDocument.ConsentPolicy.IMPLIED);
        assertThat(site.matching()).isEqualTo(Matching.MOST_RECENT_OUTBOUND);
        assertThat(site.alerts()).isEqualTo(SiteDocument.Alerts.PRIMARY);
        assertThat(site.textResponse()).isNull();
        assertThat(site.senders())
                .containsExactly(
                        new SiteDocument.Sender(DemoSite.NUMBER, null, SiteDocument.Sender.Kind.LONG_CODE, 1.0));
    }

    @Test
    void everyNumberCanBeTexted() throws Exception {
        List<String> numbers = new ArrayList<>(List.of(DemoSite.NUMBER));
        cases().forEach(matter -> {
            numbers.addAll(matter.phones().mobile());
            numbers.addAll(matter.phones().home());
        });
        PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
        for (String number : numbers) {
            assertThat(phones.isValidNumber(phones.parse(number, "US")))
                    .as(number)
                    .isTrue();
        }
    }

    @Test
    void anEventIsACloudEventInBinaryMode() throws IOException {
        Clock clock = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

        ProducerRecord<String, String> record = someCase().record(clock);

        Map<String, String> headers = StreamSupport.stream(record.headers().spliterator(), false)
                .collect(Collectors.toMap(
                        header -> header.key(), header -> new String(header.value(), StandardCharsets.UTF_8)));
        assertThat(headers)
                .containsEntry("content-type", "application/json")
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_type", "casewire.CaseChanged.v1")
                .containsEntry("ce_subject", "16E-20010101")
                .containsEntry("ce_time", "2026-11-21T12:00:00Z")
                .containsKeys("ce_id", "ce_source");
    }

    @Test
    void aSendRequestGoesToTheQueueUnderItsConversation() {
        ObjectNode request = (ObjectNode)
                JsonMapper.shared().readTree("{\"site\":\"demo\",\"messageId\":\"m1\",\"to\":\"+14045550101\"}");

        UpstreamEvent event = UpstreamEvent.of("SendRequested", request);

        assertThat(event.topic()).isEqualTo("sms.send-queue");
        assertThat(event.key()).isEqualTo("demo|+14045550101");
        assertThat(event.subject()).isEqualTo("m1");
    }

    @Test
    void whatAnUpstreamDoesNotSayIsRefused() {
        ObjectNode nothing = JsonMapper.shared().createObjectNode();

        assertThatThrownBy(() -> UpstreamEvent.of("AlertRaised", nothing))
                .hasMessageContaining("does not publish AlertRaised");
    }

    private static Class<? extends Event> typeOf(UpstreamEvent event) {
        return event.type().equals("UserChanged") ? UserChanged.class : CaseChanged.class;
    }

    private static UpstreamEvent someCase() throws IOException {
        return DemoCast.events()
                .filter(event -> typeOf(event) == CaseChanged.class)
                .findFirst()
                .orElseThrow();
    }

    private static List<CaseChanged> cases() throws IOException {
        return DemoCast.events()
                .filter(event -> typeOf(event) == CaseChanged.class)
                .map(event -> STRICT.treeToValue(event.value(), CaseChanged.class))
                .toList();
    }
}
