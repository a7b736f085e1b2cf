package org.casewire.notification.stream;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.casewire.notification.cases.CaseSights;
import org.casewire.notification.cases.CaseSights.Lens;
import org.casewire.notification.repeat.Repeater;
import org.casewire.notification.stream.AlertStream.Told;
import org.casewire.notification.stream.AlertStreams.Viewing;
import org.springframework.stereotype.Component;

/**
 * Looks whether somebody with an open page sees other cases than before: assignments changed, or a day began on which
 * one begins or ends, or the site's setting is another. No record of a topic tells of all of these.
 */
@Component
class Views extends Repeater {

    private final CaseSights sights;
    private final AlertStreams streams;

    Views(CaseSights sights, AlertStreams streams, StreamProperties properties) {
        super("alert-views", properties.look());
        this.sights = sights;
        this.streams = streams;
    }

    /** Another day or setting for those who look at one site. */
    private record Turn(String site, Lens before, Lens now) {}

    @Override
    protected int step() {
        Map<Viewing, List<AlertStream>> open = streams.listening();
        if (open.isEmpty()) {
            return 0;
        }
        Map<Viewing, View> now = streams.views(open.keySet());
        Told place = streams.place();
        Set<Viewing> turned = turned(open, now);
        open.forEach((viewing, all) -> {
            View view = now.getOrDefault(viewing, all.getFirst().view());
            all.stream().filter(stream -> !stream.view().equals(view)).forEach(stream -> {
                boolean isOther = stream.view().version() != view.version() || turned.contains(viewing);
                streams.show(stream, view, isOther ? place.asRefresh() : place);
            });
        });
        return 0;
    }

    private Set<Viewing> turned(Map<Viewing, List<AlertStream>> open, Map<Viewing, View> now) {
        Map<Turn, Set<String>> turns = new HashMap<>();
        now.forEach((viewing, view) -> open.getOrDefault(viewing, List.of()).stream()
                .map(stream -> new Turn(viewing.site(), stream.view().lens(), view.lens()))
                .filter(turn -> !turn.before().equals(turn.now()))
                .forEach(turn ->
                        turns.computeIfAbsent(turn, _ -> new HashSet<>()).add(viewing.user())));
        Set<Viewing> turned = new HashSet<>();
        turns.forEach((turn, users) -> sights.differing(turn.site(), users, turn.before(), turn.now())
                .forEach(user -> turned.add(new Viewing(turn.site(), user))));
        return turned;
    }
}
