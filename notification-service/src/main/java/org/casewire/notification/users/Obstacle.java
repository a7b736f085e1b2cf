package org.casewire.notification.users;

/** Why a user cannot be texted. */
public enum Obstacle {
    UNKNOWN_USER,
    USER_INACTIVE,
    TEXTING_OFF,
    NO_MOBILE,
    INVALID_MOBILE
}
