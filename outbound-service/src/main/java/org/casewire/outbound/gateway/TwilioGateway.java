package org.casewire.outbound.gateway;

import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.casewire.events.site.TwilioCredentials.Account;
import org.casewire.outbound.gateway.OnceOnlyHttpClient.NeverSent;
import org.casewire.outbound.gateway.OnceOnlyHttpClient.NoClearAnswer;
import org.casewire.outbound.gateway.SendOutcome.Accepted;
import org.casewire.outbound.gateway.SendOutcome.Misconfigured;
import org.casewire.outbound.gateway.SendOutcome.NotProcessed;
import org.casewire.outbound.gateway.SendOutcome.Refused;
import org.casewire.outbound.gateway.SendOutcome.Unknown;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks Twilio, once each time, and says in Casewire's words what came of it. */
@Component
public class TwilioGateway {

    /** Codes that say nothing about the text, only about the account or the sender (Twilio's error catalogue). */
    private static final Set<Integer> MISCONFIGURED =
            Set.of(20003, 20404, 21212, 21408, 21606, 21608, 21609, 21616, 21621, 21622, 21703, 21704, 21705, 30034);

    /** "This From's queue is full": not processed, and it passes. */
    private static final int QUEUE_FULL = 21611;

    private static final int MAX_VALIDITY_SECONDS = 36_000;

    private final OnceOnlyHttpClient http;
    private final MeterRegistry meters;
    private final Map<Account, TwilioRestClient> clients = new ConcurrentHashMap<>();

    TwilioGateway(TwilioProperties properties, MeterRegistry meters) {
        this.http = new OnceOnlyHttpClient(
                properties.twilioBaseUrl(),
                properties.call().connectTimeout(),
                properties.call().timeout());
        this.meters = meters;
    }

    /** Asks for one text to be sent. */
    public SendOutcome send(SendCommand command) {
        SendOutcome outcome = outcomeOf(command);
        meters.counter("casewire.twilio.calls", "outcome", outcome.getClass().getSimpleName())
                .increment();
        return outcome;
    }

    private SendOutcome outcomeOf(SendCommand command) {
        try {
            Message message = creator(command).create(client(command.account()));
            return new Accepted(message.getSid(), word(message));
        } catch (NeverSent never) {
            return new NotProcessed(String.valueOf(never.getMessage()));
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
            Message message = Message.fetcher(account.accountSid(), sid).fetch(client(account));
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
        Integer code = refused.getCode();
        String explanation = String.valueOf(refused.getMessage());
        if (status == null) {
            return new Unknown("Twilio's answer could not be read");
        }
        if (status == 429 || code != null && code == QUEUE_FULL) {
            return new NotProcessed("Twilio is too busy (" + status + ")");
        }
        return status == 401 || status == 404 || code != null && MISCONFIGURED.contains(code)
                ? new Misconfigured(code, explanation)
                : new Refused(code, explanation);
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
