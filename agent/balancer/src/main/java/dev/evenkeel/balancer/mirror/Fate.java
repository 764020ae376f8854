package dev.evenkeel.balancer.mirror;

/** Why a call that was due for a copy is not mirrored. */
public enum Fate {
  /** The application gave the call up, or it is none to be repeated: as if it had not been due. */
  WITHDRAWN(false, true),
  /** Its body is too long, or was not sent whole: dropped, and the next call is due instead. */
  UNFIT(true, true),
  /**
   * There is no room for it, or the mirror takes no more: dropped. The next call is not due for
   * that, or else every call would be copied in vain while a mirror hangs.
   */
  NO_ROOM(true, false);

  private final boolean isDrop;
  private final boolean isDrawTakenBack;

  Fate(boolean isDrop, boolean isDrawTakenBack) {
    this.isDrop = isDrop;
    this.isDrawTakenBack = isDrawTakenBack;
  }

  /** True if people see it counted. */
  public boolean isDrop() {
    return isDrop;
  }

  /** True if another call takes its place in the mirror's share. */
  public boolean isDrawTakenBack() {
    return isDrawTakenBack;
  }
}
