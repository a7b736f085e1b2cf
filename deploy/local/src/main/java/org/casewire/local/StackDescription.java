package org.casewire.local;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A running stack as other programs are told about it; its JSON is part of the contract. */
record StackDescription(
        String frontDoor,
        String publicBaseUrl,
        Map<String, ServiceAddress> services,
        Map<String, Long> pids,
        Path logs,
        String kafka,
        Postgres postgres,
        Twilio twilio,
        Map<String, String> tokens,
        Map<String, String> users) {

    record ServiceAddress(String url, long pid) {}

    /** @param jdbcUrl the same database as Java's drivers want it named */
    record Postgres(String url, String jdbcUrl, String user, String password) {
        @Override
        public String toString() {
            return "Postgres[" + url + "]";
        }
    }

    record Twilio(String url, String accountSid, String authToken, String number) {
        @Override
        public String toString() {
            return "Twilio[" + url + "]";
        }
    }

    String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("frontDoor", frontDoor);
        document.put("publicBaseUrl", publicBaseUrl);
        document.put("services", services);
        document.put("pids", pids);
        document.put("logs", logs.toString());
        document.put("kafka", kafka);
        document.put("postgres", postgres);
        document.put("twilio", twilio);
        document.put("tokens", tokens);
        document.put("users", users);
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(document);
    }
}
