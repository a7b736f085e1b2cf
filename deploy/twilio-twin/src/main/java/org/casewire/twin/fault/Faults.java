package org.casewire.twin.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.casewire.twin.fault.Fault.OnCallback;
import org.casewire.twin.fault.Fault.OnCreate;
import org.casewire.twin.fault.Fault.OnList;
import org.casewire.twin.fault.Fault.OnMedia;
import org.casewire.twin.fault.Fault.OnWebhook;

/** The faults in force. A fault that names a number hits every text to or from it. */
public final class Faults implements AutoCloseable {

    record InForce(
            List<FaultRule<OnCreate>> create,
            List<FaultRule<OnList>> list,
            List<FaultRule<OnCallback>> callback,
            List<FaultRule<OnWebhook>> webhook,
            List<FaultRule<OnMedia>> media) {

        static InForce none() {
            return new InForce(List.of(), List.of(), List.of(), List.of(), List.of());
        }

        List<FaultRule<?>> all() {
            List<FaultRule<?>> rules = new ArrayList<>(create);
            rules.addAll(list);
            rules.addAll(callback);
            rules.addAll(webhook);
            rules.addAll(media);
            return rules;
        }
    }

    private volatile InForce inForce = InForce.none();
    private final Patience patience = new Patience();

    /** The fault of a create request, if any hits. */
    public Optional<OnCreate> onCreate(String to, String from) {
        return first(inForce.create(), to, from);
    }

    /** The fault of reading a list, if any hits; {@code number} is whose texts are asked for, empty for anybody's. */
    public Optional<OnList> onList(String number) {
        return first(inForce.list(), number, number);
    }

    /** The fault of one status callback, if any hits. */
    public Optional<OnCallback> onCallback(String to, String from) {
        return first(inForce.callback(), to, from);
    }

    /** The fault of telling about a text, if any hits. */
    public Optional<OnWebhook> onWebhook(String to, String from) {
        return first(inForce.webhook(), to, from);
    }

    /** The fault of handing out a picture, if any hits. */
    public Optional<OnMedia> onMedia(String to, String from) {
        return first(inForce.media(), to, from);
    }

    private static <F extends Fault> Optional<F> first(List<FaultRule<F>> rules, String to, String from) {
        for (FaultRule<F> rule : rules) {
            if (rule.hits(to, from)) {
                return Optional.of(rule.fault());
            }
        }
        return Optional.empty();
    }

    /** Lets the caller wait as a fault demands; false when the twin stopped meanwhile. */
    public boolean hold(Duration delay) {
        return patience.wait(delay);
    }

    InForce inForce() {
        return inForce;
    }

    void replace(InForce faults) {
        inForce = faults;
    }

    /** Ends all faults. */
    public void clear() {
        inForce = InForce.none();
    }

    /** Ends all waiting. */
    @Override
    public void close() {
        patience.close();
    }
}
