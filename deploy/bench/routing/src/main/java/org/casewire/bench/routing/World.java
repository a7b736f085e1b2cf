package org.casewire.bench.routing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The cases of the bench and the people who text, each known by a number: nothing is kept, everything is worked out.
 * Case n holds number n as mobile, each fourth one also number n + 1 as home; each fifth is an intake; each second
 * texted its number.
 *
 * @param to the site's number
 * @param cases how many there are
 */
record World(String to, int cases) {

    static final String SITE = "demo";
    private static final Instant OPENED = Instant.parse("2006-01-01T00:00:00Z");
    private static final int STRANGERS = 10;

    static String number(int number) {
        return "+1404%07d".formatted(number);
    }

    static String kind(int number) {
        return number % 5 == 0 ? "INTAKE" : "CASE";
    }

    /** Whose text a reply is; -1 for a stranger's. */
    int person(int reply) {
        long mixed = (reply + 1) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return reply % STRANGERS == 0 ? -1 : (int) Math.floorMod(mixed ^ (mixed >>> 29), (long) cases);
    }

    String contact(int reply) {
        int person = person(reply);
        return person < 0 ? "+1405%07d".formatted(reply) : number(person);
    }

    /** On which case a reply belongs by MOST_RECENT_OUTBOUND, as {@code KIND|id}; null when on none. */
    @Nullable
    String expected(int reply) {
        int person = person(reply);
        if (person < 0) {
            return null;
        }
        boolean byNeighbour = person % 2 != 0 && kind(person).equals("INTAKE") && (person - 1) % 4 == 0;
        int found = byNeighbour && kind(person - 1).equals("CASE") ? person - 1 : person;
        return kind(found) + "|C-" + found;
    }

    static String sid(int reply) {
        return "SM%032x".formatted(reply);
    }

    ProducerRecord<byte[], byte[]> reply(int reply, Instant receivedAt) {
        String sid = sid(reply);
        String contact = contact(reply);
        String json = """
                {"sid":"%s","site":"%s","contact":"%s","to":"%s","body":"Thank you, I will bring the papers on Tuesday (%d)",\
                "media":[],"segments":1,"keyword":"NONE","receivedAt":"%s","recovered":false,"answer":null,\
                "attributes":{"AccountSid":"ACbench0000000000000000000000000001","ApiVersion":"2010-04-01",\
                "FromCity":"ATLANTA","FromCountry":"US","FromState":"GA","FromZip":"30303","NumSegments":"1"}}""".formatted(sid, SITE, contact, to, reply, receivedAt);
        return event("sms.inbound", SITE + "|" + contact, "MessageReceived", sid, json, receivedAt);
    }

    static ProducerRecord<byte[], byte[]> caseChanged(int number, Instant updatedAt) {
        Instant dated = OPENED.plusSeconds(60L * number);
        String id = "C-" + number;
        String home = number % 4 == 0 ? "\"" + number(number + 1) + "\"" : "";
        String json = """
                {"site":"%s","caseRef":{"kind":"%s","id":"%s"},"title":"Landlord and tenant","clientName":"Client %d",\
                "openedAt":"%s","intakeAt":"%s","phones":{"mobile":["%s"],"home":[%s],"other":[]},\
                "assignments":[{"userId":"maria","primary":true,"startsOn":"2026-01-01","endsOn":null}],\
                "closedAt":null,"updatedAt":"%s"}""".formatted(SITE, kind(number), id, number, dated, dated, number(number), home, updatedAt);
        return event("sms.cases", SITE + "|" + kind(number) + "|" + id, "CaseChanged", id, json, updatedAt);
    }

    private static ProducerRecord<byte[], byte[]> event(
            String topic, String key, String type, String subject, String json, Instant at) {
        ProducerRecord<byte[], byte[]> event = new ProducerRecord<>(topic, bytes(key), bytes(json));
        event.headers().add("ce_specversion", bytes("1.0"));
        event.headers().add("ce_id", bytes(new UUID(7, subject.hashCode()).toString()));
        event.headers().add("ce_type", bytes("casewire." + type + ".v1"));
        event.headers().add("ce_source", bytes("/bench"));
        event.headers().add("ce_time", bytes(at.toString()));
        event.headers().add("ce_subject", bytes(subject));
        event.headers().add("content-type", bytes("application/json"));
        return event;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
