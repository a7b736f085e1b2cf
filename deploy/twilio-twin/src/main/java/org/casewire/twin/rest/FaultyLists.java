package org.casewire.twin.rest;

import java.time.Duration;
import java.util.function.Function;
import org.casewire.twin.fault.Fault.Close;
import org.casewire.twin.fault.Fault.Delay;
import org.casewire.twin.fault.Fault.OnList;
import org.casewire.twin.fault.Fault.Status;
import org.casewire.twin.fault.Faults;

/** Lets the reading of lists go wrong as the faults demand. */
public final class FaultyLists {

    private final Faults faults;

    /** Obeys these faults. */
    public FaultyLists(Faults faults) {
        this.faults = faults;
    }

    /** The list, unless a fault hits the number it is asked for. */
    public Function<Call, Answer> of(Function<Call, Answer> list, Function<Call, String> number) {
        return call -> faults.onList(number.apply(call))
                .map(fault -> goWrong(fault, list, call))
                .orElseGet(() -> list.apply(call));
    }

    private Answer goWrong(OnList fault, Function<Call, Answer> list, Call call) {
        return switch (fault) {
            case Close _ -> new Answer.Dropped();
            case Status(int status, int code) -> TwilioError.of(status, code).answer();
            case Delay(Duration delay) -> {
                faults.hold(delay);
                yield list.apply(call);
            }
        };
    }
}
