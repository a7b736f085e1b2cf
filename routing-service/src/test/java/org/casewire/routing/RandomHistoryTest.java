package org.casewire.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.routing.Upstream.minute;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.CaseEvent.Phones;
import org.casewire.events.CaseRef;
import org.casewire.events.CaseRef.Kind;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.Matching;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Plays a random history over Kafka – shared and changing numbers, snapshots out of order, tombstones and revivals,
 * replays, duplicates, recovered texts, every strategy, a restart in the middle that reads again what was handled – and
 * compares each filing with a naive reading of the rules.
 */
@ServiceTest
class RandomHistoryTest {

    private static final String SITE = "history";
    private static final int ROUNDS = 16;
    private static final List<String> NUMBERS =
            IntStream.range(0, 5).mapToObj(i -> "+1404538800" + i).toList();
    private static final List<CaseRef> REFS = Stream.of(Kind.values())
            .flatMap(kind -> Stream.of("1", "2", "10").map(id -> new CaseRef(kind, id)))
            .toList();

    private final Upstream site;
    private final Random random = new Random(20261121);
    private final Map<CaseRef, Told> cases = new HashMap<>();
    private final Map<CaseRef, Instant> gone = new HashMap<>();
    private final List<Text> texts = new ArrayList<>();

    private record Told(Instant dated, Phones phones, Instant updatedAt) {}

    private record Text(UUID messageId, CaseRef ref, String to, Instant at) {}

    private final KafkaListenerEndpointRegistry listeners;
    private final KafkaAdmin kafka;

    RandomHistoryTest(Sites sites, JdbcClient jdbc, KafkaListenerEndpointRegistry listeners, KafkaAdmin kafka) {
        this.site = new Upstream(SITE, sites, jdbc);
        this.listeners = listeners;
        this.kafka = kafka;
    }

    @Test
    void everyFilingAgreesWithANaiveReadingOfTheRules() {
        Map<String, Set<String>> expected = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            Matching strategy = Matching.values()[round % Matching.values().length];
            site.settings(strategy.name(), "US");
            for (int i = 0; i < 12; i++) {
                somethingHappens(round * 5);
            }
            everythingIsRead(round);
            for (String from : NUMBERS) {
                String sid = "SM-h-" + round + from;
                boolean recovered = random.nextInt(3) == 0;
                MessageReceived text = site.text(
                        sid, from, "?", recovered ? minute(random.nextInt(round * 5 + 10)) : Instant.now(), recovered);
                expected.put(sid, naive(strategy, from, text.receivedAt()));
                TestLog.write(text);
                if (random.nextInt(4) == 0) {
                    TestLog.write(text);
                }
            }
            if (round == ROUNDS / 2) {
                theServiceStartsAgainAndReadsTwiceWhatItHadHandled();
            }
            site.settles(NUMBERS.toArray(String[]::new));
        }
        // Later texts of the history are dated before earlier replies, which may then be filed again: not looked at
        // here.
        List<Entry> filed = TestLog.all(
                Topics.REPLIES,
                entry -> expected.containsKey(entry.headers().get("ce_subject"))
                        && !entry.event().equals("ReplyAssigned"));
        Map<String, Set<String>> found = new HashMap<>();
        filed.forEach(entry -> found.put(entry.headers().get("ce_subject"), cases(entry)));
        assertThat(found).isEqualTo(expected);
        assertThat(filed.size()).isEqualTo(expected.size());
        assertThat(expected.values().stream().filter(Set::isEmpty).count()).isBetween(1L, expected.size() / 3L);
    }

    /** As after a crash, when the database had committed and the broker not yet. */
    private void theServiceStartsAgainAndReadsTwiceWhatItHadHandled() {
        listeners.getListenerContainers().forEach(MessageListenerContainer::stop);
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets("routing-service")
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetAndMetadata> earlier = new HashMap<>();
            committed.forEach((partition, offset) ->
                    earlier.put(partition, new OffsetAndMetadata(Math.max(0, offset.offset() - 100))));
            admin.alterConsumerGroupOffsets("routing-service", earlier).all().get();
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
        listeners.getListenerContainers().forEach(MessageListenerContainer::start);
    }

    private static Set<String> cases(Entry entry) {
        return entry.event().equals("ReplyUnassigned")
                ? Set.of()
                : entry.json()
                        .get("cases")
                        .valueStream()
                        .map(ref ->
                                ref.get("kind").asString() + "|" + ref.get("id").asString())
                        .collect(Collectors.toSet());
    }

    private <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private void somethingHappens(int from) {
        CaseRef ref = any(REFS);
        switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> tells(ref, minute(from + random.nextInt(10)));
            case 4 -> buries(ref, minute(from + random.nextInt(10)));
            case 5, 6 -> texts(new Text(UUID.randomUUID(), ref, any(NUMBERS), minute(from + random.nextInt(10))));
            default -> {
                if (!texts.isEmpty()) {
                    Text old = any(texts);
                    TestLog.write(site.accepted(old.messageId(), old.to(), old.ref(), minute(500)));
                }
            }
        }
    }

    private void tells(CaseRef ref, Instant updatedAt) {
        Instant dated = random.nextInt(5) == 0 ? null : minute(random.nextInt(4));
        Phones phones = new Phones(
                random.nextBoolean() ? List.of(any(NUMBERS)) : List.of("no number"),
                random.nextBoolean() ? List.of(any(NUMBERS).replaceFirst("\\+1(...)(...)", "($1) $2-")) : List.of(),
                List.of(any(NUMBERS)));
        CaseChanged changed = new CaseChanged(SITE, ref, null, null, dated, dated, phones, List.of(), null, updatedAt);
        for (int i = random.nextInt(3); i < 3; i += 2) {
            TestLog.write(changed);
        }
        Told before = cases.get(ref);
        Instant grave = gone.get(ref);
        if ((before == null || !updatedAt.isBefore(before.updatedAt()))
                && (grave == null || updatedAt.isAfter(grave))) {
            cases.put(ref, new Told(dated, phones, updatedAt));
            gone.remove(ref);
        }
    }

    private void buries(CaseRef ref, Instant at) {
        ProducerRecord<String, byte[]> tombstone = new ProducerRecord<>(Topics.CASES, SITE + "|" + ref, null);
        tombstone.headers().add("ce_type", "casewire.CaseChanged.v1".getBytes(StandardCharsets.UTF_8));
        tombstone.headers().add("ce_time", at.toString().getBytes(StandardCharsets.UTF_8));
        TestLog.send(tombstone);
        Told before = cases.get(ref);
        Instant last = before != null && before.updatedAt().isAfter(at) ? before.updatedAt() : at;
        gone.merge(ref, last, (one, other) -> one.isAfter(other) ? one : other);
    }

    private void texts(Text text) {
        TestLog.write(site.accepted(text.messageId(), text.to(), text.ref(), text.at()));
        texts.add(text);
    }

    private void everythingIsRead(int round) {
        site.settles(NUMBERS.toArray(String[]::new));
        for (int i = 0; i < 12; i++) {
            site.write(new CaseRef(Kind.CASE, "marker-" + round + "-" + i), Upstream.mobile(), null, minute(1));
        }
        await().until(() -> site.count(
                        "SELECT count(*) FROM case_file WHERE site = ? AND case_id LIKE ?",
                        SITE,
                        "marker-" + round + "-%")
                == 12);
    }

    private Set<String> naive(Matching strategy, String from, Instant receivedAt) {
        Optional<CaseRef> outbound = texts.stream()
                .filter(text ->
                        text.to().equals(from) && text.at().isBefore(receivedAt) && !gone.containsKey(text.ref()))
                .max(Comparator.comparing(Text::at)
                        .thenComparing(text -> Optional.ofNullable(cases.get(text.ref()))
                                .map(Told::updatedAt)
                                .orElse(Instant.MIN))
                        .thenComparing(text -> text.ref().id())
                        .thenComparing(text -> text.ref().kind()))
                .map(Text::ref);
        Optional<CaseRef> opened = mostRecent(Kind.CASE, from);
        Optional<CaseRef> intake = mostRecent(Kind.INTAKE, from);
        Stream<CaseRef> found = switch (strategy) {
            case MOST_RECENT_OUTBOUND -> outbound.or(() -> opened).or(() -> intake).stream();
            case MOST_RECENT_INTAKE -> intake.or(() -> outbound).or(() -> opened).stream();
            case MOST_RECENTLY_OPENED -> opened.or(() -> outbound).or(() -> intake).stream();
            case ALL -> all(from, receivedAt).stream();
        };
        return found.map(CaseRef::toString).collect(Collectors.toSet());
    }

    private Set<CaseRef> all(String from, Instant receivedAt) {
        Set<CaseRef> all = new TreeSet<>(Comparator.comparing(CaseRef::toString));
        texts.stream()
                .filter(text -> text.to().equals(from) && text.at().isBefore(receivedAt))
                .forEach(text -> all.add(text.ref()));
        cases.forEach((ref, told) -> {
            if (told.phones().mobile().contains(from)) {
                all.add(ref);
            }
        });
        all.removeAll(gone.keySet());
        return all;
    }

    private Optional<CaseRef> mostRecent(Kind kind, String from) {
        String national = from.replaceFirst("\\+1(...)(...)", "($1) $2-");
        return cases.entrySet().stream()
                .filter(one -> one.getKey().kind() == kind && !gone.containsKey(one.getKey()))
                .filter(one -> one.getValue().phones().mobile().contains(from)
                        || one.getValue().phones().home().contains(national))
                .max(Comparator.comparing((Map.Entry<CaseRef, Told> one) ->
                                Optional.ofNullable(one.getValue().dated()).orElse(Instant.MIN))
                        .thenComparing(one -> one.getValue().updatedAt())
                        .thenComparing(one -> one.getKey().id()))
                .map(Map.Entry::getKey);
    }
}
