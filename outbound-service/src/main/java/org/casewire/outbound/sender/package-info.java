/** What is known of a sender: its rate, its pauses and holds, how its texts fare and how long its queue will take. */
@NullMarked
package org.casewire.outbound.sender;

import org.jspecify.annotations.NullMarked;
