package org.casewire.notification.notice;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.casewire.events.ActivityEvent.ActivityReported;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.NoticeKind;
import org.casewire.events.Template;
import org.casewire.notification.wording.LocalTimes;
import org.casewire.notification.wording.Values;
import org.jspecify.annotations.Nullable;

/**
 * What a notice says: the site's own words if the activity brings all the values they name, else the usual ones of the
 * site's language.
 */
final class Wording {

    private static final int LONGEST_VALUE = 1_000;

    private Wording() {}

    /** @param name of who acted or is late */
    static String text(
            NoticeKind kind, SiteDocument site, ActivityReported activity, Instant at, @Nullable String name) {
        Map<String, String> values = values(site, activity, at, name);
        String own = site.notices()
                .getOrDefault(kind, new SiteDocument.Notice(false, null))
                .text();
        return Stream.concat(Stream.ofNullable(own), usual(kind, language(site)).stream())
                .map(Template::new)
                .filter(template -> template.missing(values).isEmpty())
                .findFirst()
                .map(template -> template.filled(values))
                .orElseThrow(() -> new IllegalStateException("the last of the usual words needs no value"));
    }

    private static String language(SiteDocument site) {
        return LocalTimes.language(site).getLanguage();
    }

    private static Map<String, String> values(
            SiteDocument site, ActivityReported activity, Instant at, @Nullable String name) {
        Map<String, String> values = new HashMap<>();
        LocalTimes times = new LocalTimes(LocalTimes.language(site), site.timeZone());
        values.put("date", times.date(at, at));
        values.put("time", times.time(at));
        Values.put(values, "name", name, LONGEST_VALUE);
        Values.put(values, "site", site.displayName(), LONGEST_VALUE);
        values.putIfAbsent("site", site.site().toUpperCase(Locale.ROOT));
        Values.put(
                values,
                "case",
                activity.caseRef() == null ? null : activity.caseRef().id(),
                LONGEST_VALUE);
        activity.values().forEach((key, value) -> Values.put(values, key, value, LONGEST_VALUE));
        return values;
    }

    /** How a text begins that stands for several. */
    static String severalNotices(SiteDocument site, int count) {
        return switch (language(site)) {
            case "es" -> count + " avisos:";
            case "fr" -> count + " avis :";
            default -> count + " notices:";
        };
    }

    static String andMore(SiteDocument site, int count) {
        return switch (language(site)) {
            case "es" -> "y " + count + " más";
            case "fr" -> "et " + count + " de plus";
            default -> "and " + count + " more";
        };
    }

    /** From those that say most to those that need nothing. */
    private static List<String> usual(NoticeKind kind, String language) {
        return switch (language) {
            case "es" -> spanish(kind);
            case "fr" -> french(kind);
            default -> english(kind);
        };
    }

    private static List<String> english(NoticeKind kind) {
        return switch (kind) {
            case MESSAGE_POSTED_CLIENT -> List.of("{site}: {text}", "{site}: you have a new message.");
            case MESSAGE_POSTED_STAFF ->
                List.of("New message from {name}: {text}", "New message: {text}", "You have a new message.");
            case EVENT_STARTED_CLIENT -> List.of("{site}: {title} has started.", "{site}: your visit has started.");
            case SERVICE_REQUESTED_MANAGERS -> List.of("Service requested: {title}", "A client requested a service.");
            case SERVICE_CHANGE_REQUESTED_MANAGERS ->
                List.of("Change requested: {title}", "A client requested a change of a service.");
            case SERVICE_CANCEL_REQUESTED_MANAGERS ->
                List.of("Cancellation requested: {title}", "A client requested to cancel a service.");
            case STAFF_LATE_SELF -> List.of("You are late for {title}.", "You are late for your event.");
            case STAFF_LATE_MANAGERS ->
                List.of("{name} is late for {title}.", "{name} is late for an event.", "Staff is late for an event.");
        };
    }

    private static List<String> spanish(NoticeKind kind) {
        return switch (kind) {
            case MESSAGE_POSTED_CLIENT -> List.of("{site}: {text}", "{site}: tiene un mensaje nuevo.");
            case MESSAGE_POSTED_STAFF ->
                List.of("Mensaje nuevo de {name}: {text}", "Mensaje nuevo: {text}", "Tiene un mensaje nuevo.");
            case EVENT_STARTED_CLIENT -> List.of("{site}: {title} ha comenzado.", "{site}: su visita ha comenzado.");
            case SERVICE_REQUESTED_MANAGERS ->
                List.of("Servicio solicitado: {title}", "Un cliente ha solicitado un servicio.");
            case SERVICE_CHANGE_REQUESTED_MANAGERS ->
                List.of("Cambio solicitado: {title}", "Un cliente ha solicitado cambiar un servicio.");
            case SERVICE_CANCEL_REQUESTED_MANAGERS ->
                List.of("Cancelación solicitada: {title}", "Un cliente ha solicitado cancelar un servicio.");
            case STAFF_LATE_SELF -> List.of("Llega tarde a {title}.", "Llega tarde a su evento.");
            case STAFF_LATE_MANAGERS ->
                List.of("{name} llega tarde a {title}.", "{name} llega tarde.", "Alguien del personal llega tarde.");
        };
    }

    private static List<String> french(NoticeKind kind) {
        return switch (kind) {
            case MESSAGE_POSTED_CLIENT -> List.of("{site} : {text}", "{site} : vous avez un nouveau message.");
            case MESSAGE_POSTED_STAFF ->
                List.of(
                        "Nouveau message de {name} : {text}",
                        "Nouveau message : {text}",
                        "Vous avez un nouveau message.");
            case EVENT_STARTED_CLIENT -> List.of("{site} : {title} a commencé.", "{site} : votre visite a commencé.");
            case SERVICE_REQUESTED_MANAGERS -> List.of("Service demandé : {title}", "Un client demande un service.");
            case SERVICE_CHANGE_REQUESTED_MANAGERS ->
                List.of("Changement demandé : {title}", "Un client demande de changer un service.");
            case SERVICE_CANCEL_REQUESTED_MANAGERS ->
                List.of("Annulation demandée : {title}", "Un client demande d'annuler un service.");
            case STAFF_LATE_SELF -> List.of("Vous êtes en retard : {title}.", "Vous êtes en retard.");
            case STAFF_LATE_MANAGERS ->
                List.of("{name} est en retard : {title}.", "{name} est en retard.", "Un employé est en retard.");
        };
    }
}
