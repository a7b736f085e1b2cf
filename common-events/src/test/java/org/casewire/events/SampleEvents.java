package org.casewire.events;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.casewire.events.ActivityEvent.ActivityReported;
import org.casewire.events.AlertEvent.AlertDismissed;
import org.casewire.events.AlertEvent.AlertRaised;
import org.casewire.events.CalendarEvent.CalendarEntryChanged;
import org.casewire.events.CaseEvent.Assignment;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.CaseEvent.Phones;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.ContactEvent.ContactChanged;
import org.casewire.events.DeliveryEvent.DeliveryReported;
import org.casewire.events.InboundEvent.CallReceived;
import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.OutboundEvent.Hold;
import org.casewire.events.OutboundEvent.MessageAccepted;
import org.casewire.events.OutboundEvent.MessageCancelled;
import org.casewire.events.OutboundEvent.MessageHeld;
import org.casewire.events.OutboundEvent.MessageRejected;
import org.casewire.events.OutboundEvent.MessageScheduled;
import org.casewire.events.OutboundEvent.MessageStatusChanged;
import org.casewire.events.ReplyEvent.DocumentStored;
import org.casewire.events.ReplyEvent.ReplyAssigned;
import org.casewire.events.ReplyEvent.ReplyRouted;
import org.casewire.events.ReplyEvent.ReplyUnassigned;
import org.casewire.events.ReplyEvent.TextsErased;
import org.casewire.events.SendRequested.Audience;
import org.casewire.events.SendRequested.Delivery;
import org.casewire.events.SendRequested.Format;
import org.casewire.events.SendRequested.QuickEntry;
import org.casewire.events.SiteDocument.Alerts;
import org.casewire.events.SiteDocument.ConsentPolicy;
import org.casewire.events.SiteDocument.Doubt;
import org.casewire.events.SiteDocument.PhoneField;
import org.casewire.events.SiteDocument.QuietHours;
import org.casewire.events.SiteDocument.Sender;
import org.casewire.events.SiteDocument.WorkingHours;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.UserEvent.UserChanged;
import org.jspecify.annotations.Nullable;

/** One event of every kind, as the files below {@code golden/} show it on the wire. */
public final class SampleEvents {

    private static final UUID MESSAGE = UUID.fromString("7d3f0c1e-0b64-4a55-9f0e-5d2f3c7a1b10");
    private static final UUID ALERT = UUID.fromString("3b7d9a10-55aa-4c6e-9a1b-0c2d4e6f8a90");
    private static final UUID DOCUMENT = UUID.fromString("c2f1b0de-7a44-4f0e-8c35-91d0a6b7e214");
    private static final CaseRef CASE = new CaseRef(CaseRef.Kind.CASE, "16E-20010101");
    private static final CaseRef INTAKE = new CaseRef(CaseRef.Kind.INTAKE, "16I-7");
    private static final CaseRef PRESCREEN = new CaseRef(CaseRef.Kind.PRESCREEN, "16P-3");
    private static final String CLIENT = "+14045387319";
    private static final String OURS = "+14045387300";
    private static final String SENT = "SM0123456789abcdef0123456789abcdef";
    private static final String CAME = "SMabcdef0123456789abcdef0123456789";
    private static final String MAP = "https://files.example.org/map.png";
    private static final String HEARING = "Your hearing is on Monday at 9:00";
    private static final Instant AT = Instant.parse("2026-03-02T12:59:58.250Z");
    private static final Instant NINE = Instant.parse("2026-03-02T13:00:00Z");
    private static final Instant UPDATED = Instant.parse("2026-03-01T10:00:00Z");

    private static final MessageHeader HEADER =
            new MessageHeader(MESSAGE, "demo", CLIENT, OURS, CASE, "maria", Purpose.REMINDER, Map.of("ticket", "7"));

    private SampleEvents() {}

    /** All of them. */
    public static Stream<Event> all() {
        return Stream.of(asked(), outbound(), inbound(), replies(), alerts(), snapshots(), doings())
                .flatMap(List::stream);
    }

    private static List<Event> asked() {
        return List.of(
                new SendCancelled(MESSAGE, "demo", CLIENT, "maria", "The hearing was moved."),
                asked(HEARING + " 📅 غداً", null));
    }

    private static SendRequested asked(@Nullable String body, @Nullable QuickEntry quickEntry) {
        return new SendRequested(
                MESSAGE,
                "demo",
                CLIENT,
                body,
                quickEntry,
                List.of(MAP),
                OURS,
                Format.TEXT,
                CASE,
                "maria",
                Purpose.CONVERSATION,
                Audience.CLIENT,
                Delivery.TEXT,
                NINE,
                Instant.parse("2026-03-02T14:00:00Z"),
                Map.of("ticket", "7"));
    }

    /** With every field there is, also where two exclude each other: to look at, not to send. */
    public static Event whole(Event sample) {
        return sample instanceof SendRequested request
                ? asked(request.body(), new QuickEntry("appointment", Map.of("time", "9:00")))
                : sample;
    }

    private static List<Event> outbound() {
        return List.of(
                new MessageScheduled(HEADER, AT, NINE, HEARING),
                new MessageHeld(HEADER, AT, Hold.QUIET_HOURS, NINE),
                new MessageAccepted(HEADER, AT, 1, 2, SENT, 1, HEARING, List.of()),
                new MessageStatusChanged(HEADER, AT, 2, SENT, OutboundEvent.Status.UNDELIVERED, 30003),
                new MessageRejected(
                        HEADER,
                        AT,
                        RejectionReason.OPTED_OUT,
                        "This number has opted out of texts from this sender (Twilio 21610).",
                        HEARING),
                new MessageCancelled(HEADER, AT, "maria", "The hearing was moved."));
    }

    private static List<Event> inbound() {
        return List.of(
                new MessageReceived(
                        CAME,
                        "demo",
                        CLIENT,
                        OURS,
                        "I'll be there 👍",
                        List.of(new Media(
                                "https://api.twilio.com/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages/"
                                        + CAME + "/Media/ME0123456789abcdef0123456789abcdef",
                                "image/jpeg")),
                        1,
                        Keyword.START,
                        Instant.parse("2026-03-02T13:05:00Z"),
                        true,
                        "Thank you. We answer on workdays.",
                        Map.of("FromCity", "ATLANTA")),
                new CallReceived(
                        "CA0123456789abcdef0123456789abcdef",
                        "demo",
                        CLIENT,
                        OURS,
                        Instant.parse("2026-03-02T13:06:00Z"),
                        Map.of("CallStatus", "ringing")),
                new DeliveryReported(
                        SENT,
                        "demo",
                        CLIENT,
                        OURS,
                        "undelivered",
                        30003,
                        MESSAGE,
                        1,
                        UUID.fromString("0e8f1d52-9a4b-4f6e-8f1a-2b1c3d4e5f60"),
                        Instant.parse("2026-03-02T13:00:04Z"),
                        Map.of("RawDlrDoneDate", "2603020900")),
                new ConsentChanged(
                        "demo",
                        CLIENT,
                        ConsentEvent.State.OPTED_OUT,
                        ConsentEvent.Source.PLAIN_LANGUAGE,
                        List.of("REMINDERS"),
                        new ConsentEvent.Evidence(CAME, "Please stop texting me", "maria", "opt-in-2026"),
                        Instant.parse("2026-03-02T13:05:00Z")));
    }

    private static List<Event> replies() {
        List<Media> media =
                List.of(new Media("https://api.twilio.com/media/ME0123456789abcdef0123456789abcdef", "image/jpeg"));
        Instant came = Instant.parse("2026-03-02T13:05:00Z");
        return List.of(
                new ReplyRouted(
                        CAME,
                        "demo",
                        CLIENT,
                        OURS,
                        "I will be there",
                        media,
                        List.of(CASE, INTAKE),
                        Matching.ALL,
                        "ALL",
                        List.of(
                                "Case 16E-20010101 texted this number last.",
                                "Intake 16I-7 has it as its mobile number."),
                        came),
                new ReplyUnassigned(
                        CAME,
                        "demo",
                        CLIENT,
                        OURS,
                        "I will be there",
                        media,
                        Matching.MOST_RECENT_OUTBOUND,
                        "NONE",
                        List.of("No case has texted this number and none has it as a mobile or home number."),
                        came),
                new ReplyAssigned(
                        CAME,
                        "demo",
                        CLIENT,
                        List.of(PRESCREEN),
                        "c-118",
                        "maria",
                        List.of(CASE),
                        "sam",
                        Instant.parse("2026-03-02T13:20:00Z")),
                new TextsErased("demo", CLIENT, "sam", Instant.parse("2026-03-02T14:00:00Z")),
                new DocumentStored(
                        CAME,
                        "demo",
                        CLIENT,
                        DOCUMENT,
                        List.of(CASE, INTAKE),
                        "image/jpeg",
                        48_213L,
                        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                        "/api/sites/demo/documents/" + DOCUMENT));
    }

    private static List<Event> alerts() {
        return List.of(
                new AlertRaised(
                        ALERT, "demo", CASE, CAME, CLIENT, "I'll be there 👍", Instant.parse("2026-03-02T13:05:01Z")),
                new AlertDismissed(ALERT, "demo", CASE, "maria", Instant.parse("2026-03-02T13:06:00Z")));
    }

    private static List<Event> snapshots() {
        return List.of(
                new SiteChanged(site(), UPDATED),
                new CaseChanged(
                        "demo",
                        INTAKE,
                        "Eviction, first hearing",
                        "Ana Núñez",
                        Instant.parse("2026-02-01T15:00:00Z"),
                        Instant.parse("2026-01-28T15:00:00Z"),
                        new Phones(List.of("404-538-7319"), List.of("(404) 538-7320"), List.of("+14045387321")),
                        List.of(
                                new Assignment(
                                        "maria", true, LocalDate.parse("2026-02-01"), LocalDate.parse("2026-06-30")),
                                new Assignment("sam", false, null, null)),
                        Instant.parse("2026-07-01T00:00:00Z"),
                        UPDATED),
                new ContactChanged(
                        "demo",
                        "c-118",
                        "Ana Núñez",
                        "404-538-7319",
                        "ana@example.org",
                        ZoneId.of("America/Chicago"),
                        true,
                        ContactChanged.Delivery.EMAIL_ONLY,
                        false,
                        UPDATED),
                new UserChanged(
                        "demo",
                        "maria",
                        "Maria Ortiz",
                        "maria@example.org",
                        "404-538-7330",
                        List.of(UserChanged.Role.STAFF, UserChanged.Role.MANAGER),
                        true,
                        false,
                        UPDATED));
    }

    private static List<Event> doings() {
        return List.of(
                new CalendarEntryChanged(
                        "demo",
                        "e-204",
                        CalendarEvent.Kind.EVENT,
                        "Eviction hearing",
                        "Courtroom 4",
                        Instant.parse("2026-03-09T13:00:00Z"),
                        ZoneId.of("America/New_York"),
                        CASE,
                        List.of("maria", "sam"),
                        List.of(CLIENT),
                        List.of(RemindBefore.of("P1D"), RemindBefore.of("PT2H"), RemindBefore.of("P1DT12H")),
                        false,
                        UPDATED),
                new ActivityReported(
                        "demo",
                        "a-77",
                        ActivityEvent.Type.STAFF_LATE,
                        NINE,
                        "maria",
                        List.of("sam"),
                        CLIENT,
                        CASE,
                        Map.of("title", "Eviction hearing")));
    }

    private static SiteDocument site() {
        return new SiteDocument(
                "demo",
                "Demo Legal Aid",
                "US",
                List.of("US", "CA"),
                ZoneId.of("America/New_York"),
                "en",
                new WorkingHours(
                        EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), LocalTime.of(9, 0), LocalTime.of(17, 30)),
                List.of(
                        new Sender(OURS, null, Sender.Kind.LONG_CODE, 1.0),
                        new Sender(null, "MG0123456789abcdef0123456789abcdef", Sender.Kind.TEN_DLC, 0.25)),
                Matching.MOST_RECENT_INTAKE,
                List.of(PhoneField.mobile, PhoneField.home),
                ConsentPolicy.IMPLIED,
                SiteDocument.Split.SEPARATE,
                6,
                SiteDocument.Overlong.CUT,
                3,
                List.of(new QuietHours(LocalTime.of(20, 30), LocalTime.of(8, 0), EnumSet.of(Purpose.REMINDER))),
                Map.of(Purpose.REMINDER, new Doubt(45, Doubt.WhenTwilioCannotTell.RESEND)),
                "Thank you. We answer on workdays.",
                Duration.ofMinutes(30),
                "Please send a text to this number.",
                "Polly.Joanna",
                "en-US",
                Instant.parse("2026-03-05T10:00:00Z"),
                Alerts.ALL,
                List.of("https://cases.example.org"),
                new SiteDocument.Reminders(true, false, "{title} at {time}"),
                Map.of(
                        SiteDocument.NoticeKind.STAFF_LATE_SELF,
                        new SiteDocument.Notice(true, "You are late for {title}")),
                "intake@example.org",
                new SiteDocument.Documents(5_000_000L, List.of("image/jpeg", "application/pdf")),
                365);
    }
}
