package org.casewire.outbound.gateway;

import com.twilio.base.Page;
import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.rest.api.v2010.account.MessageReader;
import com.twilio.type.PhoneNumber;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.casewire.events.site.TwilioCredentials.Account;
import org.casewire.events.site.TwilioTimes;
import org.casewire.outbound.gateway.OnceOnlyHttpClient.NeverSent;
import org.casewire.outbound.gateway.OnceOnlyHttpClient.NoClearAnswer;
import org.casewire.outbound.gateway.SendOutcome.Accepted;
import org.casewire.outbound.gateway.SendOutcome.Refused;
import org.casewire.outbound.gateway.SendOutcome.Unknown;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks Twilio, once each time, and says in Casewire's words what came of it. */
@Component
public class TwilioGateway {

    /** Where texts are asked for, without the account. */
    public static final String MESSAGES = "/2010-04-01/Accounts/{account}/Messages.json";

    private static final String NO_CODE = "none";
    private static final long LIST_PAGE = 100;
    private static final int MOST_PAGES = 50;

    private static final int MAX_VALIDITY_SECONDS = 36_000;

    private final OnceOnlyHttpClient http;
    private final TwilioTimes sends;
    private final TwilioTimes questions;
    private final TwilioTimes lists;
    private final Map<Account, TwilioRestClient> clients = new ConcurrentHashMap<>();

    TwilioGateway(TwilioProperties properties, MeterRegistry meters) {
        this.http = new OnceOnlyHttpClient(
                properties.twilioBaseUrl(),
                properties.call().connectTimeout(),
                properties.call().timeout());
        this.sends = TwilioTimes.of(meters, "send");
        this.questions = TwilioTimes.of(meters, "status");
        this.lists = TwilioTimes.of(meters, "list");
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Asks Twilio for what is there already. */
    private static <T> T asked(TwilioTimes times, Supplier<T> call) {
        long began = System.nanoTime();
        try {
            T told = call.get();
            times.record("Told", NO_CODE, since(began));
            return told;
        } catch (NeverSent never) {
            times.record("NeverSent", NO_CODE, since(began));
            throw never;
        } catch (NoClearAnswer unclear) {
            times.record("Unknown", NO_CODE, since(began));
            throw unclear;
        } catch (ApiException refused) {
            times.record("Refused", code(refused.getStatusCode(), refused.getCode()), since(began));
            throw refused;
        }
    }

    /** Asks for one text to be sent. */
    public SendOutcome send(SendCommand command) {
        long began = System.nanoTime();
        SendOutcome outcome = outcomeOf(command);
        sends.record(outcome.getClass().getSimpleName(), code(outcome), since(began));
        return outcome;
    }

    /** Twilio's error code, or the HTTP status where it named none. */
    private static String code(SendOutcome outcome) {
        return switch (outcome) {
            case Refused(int status, Integer code, String _) -> code(status, code);
            case Accepted _, SendOutcome.NeverSent _, Unknown _ -> NO_CODE;
        };
    }

    private static String code(@Nullable Integer status, @Nullable Integer code) {
        return code == null ? "HTTP " + status : code.toString();
    }

    private SendOutcome outcomeOf(SendCommand command) {
        try {
            Message message = creator(command).create(client(command.account()));
            return new Accepted(message.getSid(), word(message));
        } catch (NeverSent never) {
            return new SendOutcome.NeverSent(String.valueOf(never.getMessage()));
        } catch (NoClearAnswer unclear) {
            return new Unknown(String.valueOf(unclear.getMessage()));
        } catch (ApiException refused) {
            return refusal(refused);
        }
    }

    /** How a text stands now. */
    public sealed interface Standing {

        /** @param status Twilio's own word */
        record Stands(String sid, String status, @Nullable Integer errorCode) implements Standing {}

        /** Twilio could not be asked, or does not know the text. */
        record NotTold(String why) implements Standing {}
    }

    /** Asks how a text stands. */
    public Standing ask(Account account, String sid) {
        try {
            Message message = asked(
                    questions, () -> Message.fetcher(account.accountSid(), sid).fetch(client(account)));
            return new Standing.Stands(message.getSid(), word(message), message.getErrorCode());
        } catch (NeverSent | NoClearAnswer | ApiException failure) {
            return new Standing.NotTold(String.valueOf(failure.getMessage()));
        }
    }

    /** A status the SDK does not know is null there; it is then as good as just accepted. */
    private static String word(Message message) {
        return message.getStatus() == null ? "accepted" : message.getStatus().toString();
    }

    private static SendOutcome refusal(ApiException refused) {
        Integer status = refused.getStatusCode();
        return status == null
                ? new Unknown("Twilio's answer could not be read")
                : new Refused(status, refused.getCode(), String.valueOf(refused.getMessage()));
    }

    /**
     * A text as Twilio's list shows it.
     *
     * @param sender the number or the Service it left from
     * @param media how many files it has
     */
    public record Seen(
            String sid,
            Set<String> sender,
            String body,
            int media,
            Instant createdAt,
            String status,
            @Nullable Integer errorCode) {}

    /** What Twilio's list of texts to one number holds. */
    public sealed interface Listing {

        /** Everything since the time asked for. */
        record Listed(List<Seen> texts) implements Listing {}

        /** The list could not be read to that time. */
        record NotTold(String why) implements Listing {}
    }

    /**
     * Reads the list of texts to a number, newest first, back to {@code since}. By the number alone: a filter by date
     * looks at the date a text was sent, and would hide what is still queued.
     */
    public Listing list(Account account, String to, Instant since) {
        try {
            TwilioRestClient client = client(account);
            MessageReader reader = Message.reader(account.accountSid())
                    .setTo(new PhoneNumber(to))
                    .setPageSize(LIST_PAGE);
            List<Seen> texts = new ArrayList<>();
            Page<Message> page = asked(lists, () -> reader.firstPage(client));
            for (int pages = 1; ; pages++) {
                page.getRecords().stream().map(TwilioGateway::seen).forEach(texts::add);
                boolean farEnough =
                        !texts.isEmpty() && texts.getLast().createdAt().isBefore(since);
                if (farEnough || !page.hasNextPage()) {
                    return new Listing.Listed(List.copyOf(texts));
                }
                if (pages == MOST_PAGES) {
                    return new Listing.NotTold("Twilio's list for this number is too long to be read");
                }
                Page<Message> last = page;
                page = asked(lists, () -> reader.nextPage(last, client));
            }
        } catch (NeverSent | NoClearAnswer | ApiException failure) {
            return new Listing.NotTold(String.valueOf(failure.getMessage()));
        }
    }

    private static Seen seen(Message message) {
        Set<String> sender = new HashSet<>();
        Optional.ofNullable(message.getFrom()).map(PhoneNumber::getEndpoint).ifPresent(sender::add);
        Optional.ofNullable(message.getMessagingServiceSid()).ifPresent(sender::add);
        return new Seen(
                message.getSid(),
                Set.copyOf(sender),
                message.getBody() == null ? "" : message.getBody(),
                message.getNumMedia() == null ? 0 : Integer.parseInt(message.getNumMedia()),
                message.getDateCreated().toInstant(),
                word(message),
                message.getErrorCode());
    }

    private static MessageCreator creator(SendCommand command) {
        PhoneNumber to = new PhoneNumber(command.to());
        String account = command.account().accountSid();
        boolean service = command.sender().startsWith("MG");
        MessageCreator creator = switch (command.mediaUrl()) {
            case null ->
                service
                        ? Message.creator(account, to, command.sender(), command.body())
                        : Message.creator(account, to, new PhoneNumber(command.sender()), command.body());
            case String url -> {
                List<URI> media = List.of(URI.create(url));
                yield service
                        ? Message.creator(account, to, command.sender(), media)
                        : Message.creator(account, to, new PhoneNumber(command.sender()), media);
            }
        };
        creator.setStatusCallback(command.statusCallback());
        Duration validFor = command.validFor();
        if (validFor != null) {
            creator.setValidityPeriod((int) Math.clamp(validFor.toSeconds(), 1, MAX_VALIDITY_SECONDS));
        }
        return creator;
    }

    private TwilioRestClient client(Account account) {
        return clients.computeIfAbsent(
                account,
                known -> new TwilioRestClient.Builder(known.user(), known.password())
                        .accountSid(known.accountSid())
                        .httpClient(http)
                        .build());
    }
}
