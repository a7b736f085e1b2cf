package org.casewire.twin.message;

import java.time.Duration;
import java.util.Optional;
import org.casewire.twin.account.Account.MessagingService;
import org.casewire.twin.delivery.Carrier;
import org.casewire.twin.delivery.SenderRates;
import org.casewire.twin.fault.Fault;
import org.casewire.twin.fault.Fault.AcceptThen500;
import org.casewire.twin.fault.Fault.AcceptThenClose;
import org.casewire.twin.fault.Fault.AcceptThenDelay;
import org.casewire.twin.fault.Fault.Close;
import org.casewire.twin.fault.Fault.Delay;
import org.casewire.twin.fault.Fault.OnCreate;
import org.casewire.twin.fault.Faults;
import org.casewire.twin.fault.Patience;
import org.casewire.twin.ledger.Direction;
import org.casewire.twin.ledger.Message;
import org.casewire.twin.ledger.Message.Content;
import org.casewire.twin.ledger.Message.Envelope;
import org.casewire.twin.ledger.Messages;
import org.casewire.twin.ledger.Status;
import org.casewire.twin.media.MediaFetcher;
import org.casewire.twin.number.Numbers;
import org.casewire.twin.optout.BlockList;
import org.casewire.twin.rest.Answer;
import org.casewire.twin.rest.Call;
import org.casewire.twin.rest.Refusal;
import org.casewire.twin.rest.TwilioError;

/** {@code POST Messages.json}: takes a message, or goes wrong as a fault demands. */
public final class CreateMessage {

    /** What decides whether a message is taken. */
    public record Rules(Numbers numbers, BlockList blockList, SenderRates rates) {}

    /** What can be made to go wrong. */
    public record Trouble(Faults faults, Patience patience) {}

    private final Messages messages;
    private final Rules rules;
    private final MediaFetcher media;
    private final Carrier carrier;
    private final Trouble trouble;

    /** Takes messages by these rules and hands them to the carrier. */
    public CreateMessage(Messages messages, Rules rules, MediaFetcher media, Carrier carrier, Trouble trouble) {
        this.messages = messages;
        this.rules = rules;
        this.media = media;
        this.carrier = carrier;
        this.trouble = trouble;
    }

    Answer create(Call call) {
        String to = Optional.ofNullable(call.form().given("To")).orElse("").strip();
        String from = Optional.ofNullable(call.form().given("From")).orElse("").strip();
        Optional<OnCreate> fault = trouble.faults().onCreate(to, from);
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
                trouble.patience().wait(delay);
                yield answer;
            }
            case Close _ -> new Answer.Dropped();
            case Fault.Status(int status, int code) ->
                TwilioError.of(status, code).answer();
            case Delay(Duration delay) -> {
                trouble.patience().wait(delay);
                yield take(call);
            }
        };
    }

    private Answer take(Call call) {
        Order order = Order.of(call.form(), call.account(), rules.numbers());
        if (order.service().isEmpty() && rules.blockList().blocks(order.from(), order.to())) {
            throw Refusal.UNSUBSCRIBED.error();
        }
        if (rules.rates().isFull(order.from())) {
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
