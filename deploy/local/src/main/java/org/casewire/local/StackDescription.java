package org.casewire.local;

import java.util.Map;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running stack as other programs are told about it; its JSON is part of the contract.
 *
 * @param publicBaseUrl what Twilio's signatures are made for
 * @param logs the folder with a file per process
 * @param kafka host and port of the broker
 */
record StackDescription(
        String frontDoor,
        String publicBaseUrl,
        Map<String, ServiceAddress> services,
        Pids pids,
        String logs,
        String kafka,
        Postgres postgres,
        Twilio twilio,
        Tokens tokens,
        Users users) {

    record ServiceAddress(String url, long pid) {}

    record Pids(long runner, long kafka, long postgres, long twin, long frontDoor) {}

    /**
     * The superuser's way into the database server.
     *
     * @param jdbcUrl the same address as Java's drivers want it
     */
    record Postgres(String url, String jdbcUrl, String user, String password) {}

    record Twilio(String url, String accountSid, String authToken, String number) {}

    /** Bearer tokens by what they allow. */
    record Tokens(String staff, String admin, String service, String operator) {}

    /** Who the staff token and the admin token belong to. */
    record Users(String staff, String admin) {}

    String json() {
        return JsonMapper.builder()
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(this);
    }

    /** Without what opens doors. */
    @Override
    public String toString() {
        return "StackDescription[" + frontDoor + "]";
    }
}
