package org.casewire.twin.number;

import java.time.Instant;
import org.casewire.twin.account.Account;
import org.casewire.twin.account.AccountSettings.NumberSettings;
import org.casewire.twin.http.Form;
import org.casewire.twin.journal.Journal;
import org.casewire.twin.ledger.Sids;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A phone number an account owns, and what it calls. */
public record OwnNumber(
        Account account,
        String sid,
        String number,
        String friendlyName,
        Hook sms,
        Hook voice,
        @Nullable String statusCallback,
        double ratePerSecond,
        Instant createdAt,
        Instant updatedAt,
        boolean released)
        implements Journal.Entry {

    static final String KIND = "number";

    /** An address, how it is called, and the address for when it fails. */
    public record Hook(
            @Nullable String url, String method, @Nullable String fallbackUrl, String fallbackMethod) {

        static Hook to(@Nullable String url) {
            return new Hook(url, "POST", null, "POST");
        }

        Hook changedBy(Form form, String prefix) {
            return new Hook(
                    changed(form, prefix + "Url", url),
                    method(form, prefix + "Method", method),
                    changed(form, prefix + "FallbackUrl", fallbackUrl),
                    method(form, prefix + "FallbackMethod", fallbackMethod));
        }

        private static String method(Form form, String name, String before) {
            String given = form.given(name);
            return given == null ? before : given;
        }
    }

    static OwnNumber configured(Account account, NumberSettings settings, Instant now) {
        return create(account, settings.number(), settings.ratePerSecond(), now)
                .withHooks(Hook.to(settings.smsUrl()), Hook.to(settings.voiceUrl()));
    }

    static OwnNumber create(Account account, String number, double ratePerSecond, Instant now) {
        String sid = Sids.of("PN", account.sid() + number);
        return new OwnNumber(
                account,
                sid,
                number,
                national(number),
                Hook.to(null),
                Hook.to(null),
                null,
                ratePerSecond,
                now,
                now,
                false);
    }

    private OwnNumber withHooks(Hook forSms, Hook forVoice) {
        return new OwnNumber(
                account,
                sid,
                number,
                friendlyName,
                forSms,
                forVoice,
                statusCallback,
                ratePerSecond,
                createdAt,
                updatedAt,
                released);
    }

    OwnNumber changedBy(Form form, Instant now) {
        String name = form.given("FriendlyName");
        return new OwnNumber(
                account,
                sid,
                number,
                name == null ? friendlyName : name,
                sms.changedBy(form, "Sms"),
                voice.changedBy(form, "Voice"),
                changed(form, "StatusCallback", statusCallback),
                ratePerSecond,
                createdAt,
                now,
                false);
    }

    OwnNumber release(Instant now) {
        return new OwnNumber(
                account, sid, number, friendlyName, sms, voice, statusCallback, ratePerSecond, createdAt, now, true);
    }

    /** A parameter that is given empty takes the value away. */
    private static @Nullable String changed(Form form, String name, @Nullable String before) {
        return form.first(name) == null ? before : form.given(name);
    }

    static String national(String number) {
        return number.matches("\\+1\\d{10}")
                ? "(" + number.substring(2, 5) + ") " + number.substring(5, 8) + "-" + number.substring(8)
                : number;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void write(JsonGenerator json) {
        json.writeStringProperty("account", account.sid());
        json.writeStringProperty("number", number);
        json.writeStringProperty("friendlyName", friendlyName);
        write(json, "sms", sms);
        write(json, "voice", voice);
        json.writeStringProperty("statusCallback", statusCallback);
        json.writeNumberProperty("ratePerSecond", ratePerSecond);
        json.writeStringProperty("created", createdAt.toString());
        json.writeStringProperty("updated", updatedAt.toString());
        json.writeBooleanProperty("released", released);
    }

    private static void write(JsonGenerator json, String name, Hook hook) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("url", hook.url());
        json.writeStringProperty("method", hook.method());
        json.writeStringProperty("fallbackUrl", hook.fallbackUrl());
        json.writeStringProperty("fallbackMethod", hook.fallbackMethod());
        json.writeEndObject();
    }
}
