package org.casewire.twin.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.casewire.twin.account.Account.MessagingService;
import org.casewire.twin.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One account as the configuration file states it. */
public record AccountSettings(
        String sid,
        String authToken,
        Map<String, String> apiKeys,
        List<NumberSettings> numbers,
        List<MessagingService> services) {

    private static final Pattern SID = Pattern.compile("AC[0-9a-fA-F]{32}");
    private static final Pattern SERVICE_SID = Pattern.compile("MG[0-9a-fA-F]{32}");
    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}|[0-9]{3,8}");
    private static final double LONG_CODE_SEGMENTS_PER_SECOND = 1;

    /** A phone number of an account and what it calls. */
    public record NumberSettings(
            String number,
            @Nullable String smsUrl,
            @Nullable String voiceUrl,
            double ratePerSecond) {}

    /** A configuration file that cannot be used; the message says what to change. */
    public static final class Unusable extends Exception {
        Unusable(String message) {
            super(message);
        }
    }

    /** Reads the configuration file. */
    public static List<AccountSettings> read(Path file) throws Unusable {
        try {
            return accounts(Json.parse(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new Unusable("Cannot read the configuration file " + file + ": give a readable one with --config.");
        } catch (JacksonException e) {
            throw new Unusable("The configuration file " + file + " is not JSON, see " + Json.place(e) + ".");
        }
    }

    private static List<AccountSettings> accounts(JsonNode document) throws Unusable {
        List<AccountSettings> accounts = new ArrayList<>();
        for (JsonNode account : document.path("accounts")) {
            accounts.add(account(account, "accounts[" + accounts.size() + "]"));
        }
        if (accounts.isEmpty()) {
            throw new Unusable("The configuration file names no account: give at least one in \"accounts\".");
        }
        return accounts;
    }

    private static AccountSettings account(JsonNode node, String at) throws Unusable {
        List<NumberSettings> numbers = new ArrayList<>();
        for (JsonNode number : node.path("numbers")) {
            numbers.add(number(number, at + ".numbers[" + numbers.size() + "]"));
        }
        List<MessagingService> services = new ArrayList<>();
        for (JsonNode service : node.path("services")) {
            services.add(service(service, at + ".services[" + services.size() + "]"));
        }
        Map<String, String> apiKeys = new LinkedHashMap<>();
        node.path("apiKeys").forEachEntry((key, secret) -> apiKeys.put(key, secret.asString("")));
        return new AccountSettings(
                matching(SID, node, "sid", at, "AC and 32 hexadecimal digits"),
                matching(Pattern.compile(".+"), node, "authToken", at, "the token webhooks are signed with"),
                apiKeys,
                numbers,
                services);
    }

    private static NumberSettings number(JsonNode node, String at) throws Unusable {
        double rate = node.path("ratePerSecond").asDouble(LONG_CODE_SEGMENTS_PER_SECOND);
        if (!(rate > 0)) {
            throw new Unusable(at + ".ratePerSecond must be more than 0 segments a second.");
        }
        return new NumberSettings(
                matching(NUMBER, node, "number", at, "a number like +14045550100 or a short code"),
                node.path("smsUrl").asString(null),
                node.path("voiceUrl").asString(null),
                rate);
    }

    private static MessagingService service(JsonNode node, String at) throws Unusable {
        List<String> numbers = new ArrayList<>();
        node.path("numbers").forEach(number -> numbers.add(number.asString("")));
        return new MessagingService(
                matching(SERVICE_SID, node, "sid", at, "MG and 32 hexadecimal digits"),
                numbers,
                node.path("statusCallback").asString(null));
    }

    private static String matching(Pattern form, JsonNode node, String field, String at, String expected)
            throws Unusable {
        String value = node.path(field).asString("");
        if (!form.matcher(value).matches()) {
            throw new Unusable(at + "." + field + " must be " + expected + ".");
        }
        return value;
    }

    Account account() {
        return new Account(sid, authToken, apiKeys, services);
    }

    @Override
    public String toString() {
        return "AccountSettings[" + sid + "]";
    }
}
