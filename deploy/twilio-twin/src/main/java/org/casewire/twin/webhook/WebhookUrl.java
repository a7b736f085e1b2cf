package org.casewire.twin.webhook;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.casewire.twin.http.Form;
import org.jspecify.annotations.Nullable;

/** The address of a webhook: what is called, what is signed, and the connection overrides of its fragment. */
public final class WebhookUrl {

    private final URI target;
    private final String signed;
    private final @Nullable String credentials;
    private final Overrides overrides;

    private WebhookUrl(URI target, String signed, @Nullable String credentials, Overrides overrides) {
        this.target = target;
        this.signed = signed;
        this.credentials = credentials;
        this.overrides = overrides;
    }

    /** Empty when Twilio would not take it: no http address, no host, or an underscore in the host. */
    public static Optional<WebhookUrl> parse(String url) {
        int hash = url.indexOf('#');
        String withoutFragment = hash < 0 ? url : url.substring(0, hash);
        String fragment = hash < 0 ? "" : url.substring(hash + 1);
        try {
            URI uri = URI.create(withoutFragment);
            String scheme = uri.getScheme();
            boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            if (!http || uri.getHost() == null) {
                return Optional.empty();
            }
            String userInfo = uri.getRawUserInfo();
            Overrides overrides = Overrides.of(Form.parse(fragment));
            if (userInfo == null) {
                return Optional.of(new WebhookUrl(uri, withoutFragment, null, overrides));
            }
            String called = withoutFragment.replace(userInfo + "@", "");
            return Optional.of(new WebhookUrl(URI.create(called), called, uri.getUserInfo(), overrides));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What is called: never the fragment, never the credentials. */
    URI target() {
        return target;
    }

    /** Host and port. */
    public String authority() {
        return target.getRawAuthority();
    }

    /** What the signature of a message's webhook is made over; the port stays. */
    String signedForMessages() {
        return signed;
    }

    /** What the signature of a call's webhook is made over: over https the port is dropped. */
    String signedForCalls() {
        return "https".equalsIgnoreCase(target.getScheme()) && target.getPort() >= 0
                ? signed.replaceFirst(":" + target.getPort(), "")
                : signed;
    }

    /** The same address with the form in its query, for accounts that want GET. */
    WebhookUrl withQuery(Form form) {
        String url = signed + (target.getRawQuery() == null ? "?" : "&") + form.encoded();
        return new WebhookUrl(URI.create(url), url, credentials, overrides);
    }

    Optional<String> authorization() {
        return Optional.ofNullable(credentials)
                .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    Overrides overrides() {
        return overrides;
    }
}
