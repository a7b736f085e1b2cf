package org.casewire.twin.message;

import java.time.Duration;
import java.util.Optional;
import org.casewire.twin.account.Account.MessagingService;
import org.casewire.twin.delivery.Carrier;
import org.casewire.twin.fault.Fault;
import org.casewire.twin.fault.Fault.AcceptThen500;
import org.casewire.twin.fault.Fault.AcceptThenClose;
import org.casewire.twin.fault.Fault.AcceptThenDelay;
import org.casewire.twin.fault.Fault.Close;
import org.casewire.twin.fault.Fault.Delay;
import org.casewire.twin.fault.Fault.OnCreate;
import org.casewire.twin.fault.Faults;
import org.casewire.twin.ledger.Direction;
import org.casewire.twin.ledger.Message;
import org.casewire.twin.ledger.Message.Content;
import org.casewire.twin.ledger.Message.Envelope;
import org.casewire.twin.ledger.Messages;
import org.casewire.twin.ledger.Status;
import org.casewire.twin.media.MediaFetcher;
import org.casewire.twin.number.Numbers;
import org.casewire.twin.rest.Answer;
import org.casewire.twin.rest.Call;
import org.casewire.twin.rest.Refusal;
import org.casewire.twin.rest.TwilioError;

/** {@code POST Messages.json}: takes a message, or goes wrong as a fault demands. */
final class CreateMessage {

    private final Messages messages;
    private final Numbers numbers;
    private final MediaFetcher media;
    private final Carrier carrier;
    private final Faults faults;

    CreateMessage(Messages messages, Numbers numbers, MediaFetcher media, Carrier carrier, Faults faults) {
        this.messages = messages;
        this.numbers = numbers;
        this.media = media;
        this.carrier = carrier;
        this.faults = faults;
    }

    Answer create(Call call) {
        String to = Optional.ofNullable(call.form().given("To")).orElse("").strip();
        String from = Optional.ofNullable(call.form().given("From")).orElse("").strip();
        Optional<OnCreate> fault = faults.onCreate(to, from);
        return fault.isEmpty() ? take(call) : goWrong(fault.get(), call);
    }

    private Answer goWrong(OnCreate fault, Call call) {
        return switch (fault) {
            case AcceptThenClose _ -> {
                take(call);
                yield new Answer.Dropped();
            }
            case AcceptThen500(int status, int code) -> {
                take(call);
                yield TwilioError.of(status, code).answer();
            }
            case AcceptThenDelay(Duration delay) -> {
                Answer answer = take(call);
                call.answered();
                faults.hold(delay);
                yield answer;
            }
            case Close _ -> new Answer.Dropped();
            case Fault.Status(int status, int code) ->
                TwilioError.of(status, code).answer();
            case Delay(Duration delay) -> faults.hold(delay) ? take(call) : new Answer.Dropped();
        };
    }

    private Answer take(Call call) {
        Order order = Order.of(call.form(), call.account(), numbers);
        if (order.service().isEmpty() && carrier.isBlocked(order.from(), order.to())) {
            throw Refusal.UNSUBSCRIBED.error();
        }
        if (carrier.isFull(order.from())) {
            throw Refusal.QUEUE_FULL.error();
        }
        Message message = messages.add(
                new Envelope(
                        call.account(),
                        Direction.OUTBOUND_API,
                        order.service().map(MessagingService::sid).orElse(null),
                        order.from(),
                        order.to()),
                new Content(order.body(), media.announce(order.mediaUrls())),
                order.terms(),
                order.service().isPresent() ? Status.ACCEPTED : Status.QUEUED);
        call.afterwards(() -> carrier.take(message));
        return Answer.object(201, json -> MessageJson.write(json, message));
    }
}
