package dev.evenkeel.balancer;

import dev.evenkeel.balancer.mirror.MirrorSender;
import java.util.concurrent.Executor;

/**
 * What the states of all services work with. Immutable.
 *
 * @param events hears what calls say of servers
 * @param background runs what can wait, on the control thread
 * @param mirrors sends copies of calls
 * @param listener hears of faults, and of calls that were lost
 * @param open the attempts under way
 */
record Surroundings(
    Ticker ticker,
    ServerEvents events,
    Executor background,
    MirrorSender mirrors,
    BalancerListener listener,
    OpenAttempts open) {}
