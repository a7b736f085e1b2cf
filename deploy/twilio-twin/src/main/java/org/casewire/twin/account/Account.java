package org.casewire.twin.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** One Twilio account: who may call for it and what its webhooks are signed with. */
public final class Account {

    private final String sid;
    private final String authToken;
    private final Map<String, String> apiKeys;
    private final List<MessagingService> services;
    private final SecretKeySpec signingKey;

    Account(String sid, String authToken, Map<String, String> apiKeys, List<MessagingService> services) {
        this.sid = sid;
        this.authToken = authToken;
        this.apiKeys = Map.copyOf(apiKeys);
        this.services = List.copyOf(services);
        this.signingKey = signingKey(authToken);
    }

    /** A pool of numbers that sends under one SID. */
    public record MessagingService(
            String sid, List<String> numbers, @Nullable String statusCallback) {}

    /** The key made of an auth token. */
    public static SecretKeySpec signingKey(String authToken) {
        return new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1");
    }

    /** The account's SID. */
    public String sid() {
        return sid;
    }

    /** What this account's webhooks are signed with. */
    public SecretKeySpec signingKey() {
        return signingKey;
    }

    /** The Messaging Service of that SID. */
    public Optional<MessagingService> service(String serviceSid) {
        return services.stream()
                .filter(service -> service.sid().equals(serviceSid))
                .findFirst();
    }

    /** The Messaging Service a number is in. */
    public Optional<MessagingService> serviceOf(String number) {
        return services.stream()
                .filter(service -> service.numbers().contains(number))
                .findFirst();
    }

    boolean accepts(String user, String password) {
        String secret = user.equals(sid) ? authToken : apiKeys.get(user);
        return secret != null
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8));
    }

    boolean knows(String user) {
        return user.equals(sid) || apiKeys.containsKey(user);
    }

    @Override
    public String toString() {
        return "Account[" + sid + "]";
    }
}
