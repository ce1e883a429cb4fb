package io.github.llm4j.trainers.schedule;

/** {@code linear}: warm-up, then a straight line from the peak to {@code min-lr}. */
public final class LinearProvider implements ScheduleProvider<LinearSettings> {

  @Override
  public String type() {
    return "linear";
  }

  @Override
  public Class<LinearSettings> settings() {
    return LinearSettings.class;
  }

  @Override
  public Schedule create(LinearSettings settings, ScheduleContext context) {
    long warmup = WarmUp.steps(settings.warmup(), context.steps());
    double range = context.lr() - settings.minLr();
    Schedule line =
        step -> settings.minLr() + (1 - WarmUp.progress(step, warmup, context.steps())) * range;
    return WarmUp.before(line, settings.warmup(), context);
  }
}
