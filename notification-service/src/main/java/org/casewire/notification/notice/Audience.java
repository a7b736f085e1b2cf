package org.casewire.notification.notice;

import java.util.List;
import java.util.Optional;
import org.casewire.events.ActivityEvent.ActivityReported;
import org.casewire.events.SiteDocument.NoticeKind;

/**
 * Who a notice is for.
 *
 * @param people the users by name, where it is for certain ones
 */
record Audience(NoticeKind kind, Whom whom, List<String> people) {

    /** Which people. */
    enum Whom {
        CLIENT,
        USERS,
        MANAGERS
    }

    /** Those an activity is told to, a person's own notice before a manager's. */
    static List<Audience> of(ActivityReported activity) {
        return switch (activity.type()) {
            case MESSAGE_POSTED ->
                List.of(
                        client(NoticeKind.MESSAGE_POSTED_CLIENT),
                        new Audience(NoticeKind.MESSAGE_POSTED_STAFF, Whom.USERS, activity.recipients()));
            case EVENT_STARTED -> List.of(client(NoticeKind.EVENT_STARTED_CLIENT));
            case SERVICE_REQUESTED -> List.of(managers(NoticeKind.SERVICE_REQUESTED_MANAGERS));
            case SERVICE_CHANGE_REQUESTED -> List.of(managers(NoticeKind.SERVICE_CHANGE_REQUESTED_MANAGERS));
            case SERVICE_CANCEL_REQUESTED -> List.of(managers(NoticeKind.SERVICE_CANCEL_REQUESTED_MANAGERS));
            case STAFF_LATE ->
                List.of(
                        new Audience(
                                NoticeKind.STAFF_LATE_SELF,
                                Whom.USERS,
                                Optional.ofNullable(activity.userId()).stream().toList()),
                        managers(NoticeKind.STAFF_LATE_MANAGERS));
        };
    }

    private static Audience client(NoticeKind kind) {
        return new Audience(kind, Whom.CLIENT, List.of());
    }

    private static Audience managers(NoticeKind kind) {
        return new Audience(kind, Whom.MANAGERS, List.of());
    }
}
