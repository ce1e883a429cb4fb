package io.github.llm4j.trainers.schedule;

/** {@code constant}: warm-up, then the peak. */
public final class ConstantProvider implements ScheduleProvider<ConstantSettings> {

  @Override
  public String type() {
    return "constant";
  }

  @Override
  public Class<ConstantSettings> settings() {
    return ConstantSettings.class;
  }

  @Override
  public Schedule create(ConstantSettings settings, ScheduleContext context) {
    return WarmUp.before(step -> context.lr(), settings.warmup(), context);
  }
}
