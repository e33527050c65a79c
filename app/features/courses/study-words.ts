import { defineWords } from '#app/lib/i18n.ts'
import type { Trouble } from './study.ts'

const s = (n: number) => (n === 1 ? '' : 's')
const zhTimes = (speed: number) => (speed === 1 ? '正常速度' : `${speed}倍速`)
const enTimes = (speed: number) => (speed === 1 ? 'normal speed' : `${speed} times the speed`)

type Limits = { lateMinutes: number; fullSpeed: number }

/** What a lesson's page says about its time. */
export const studyWords = defineWords(
  {
    time: (minutes: number, needed: number) => `学习时间${minutes}分钟，满${needed}分钟即可`,
    timeGiven: '学习时间已够',
    done: '已学完',
    how: '时间怎么算',
    rules: {
      active: (idleMinutes: number) =>
        `打开本页、看着学着的时间才算；${idleMinutes}分钟没有动静就先停下，动一动又接着算。`,
      once: '同时开几个页面、用几台手机，时间只算一份。',
      media: (percent: number, speed: number) =>
        `视频和录音要真正播放到${percent}%；跳过的部分不算，${zhTimes(speed)}以内全算，更快的不算。`,
      late: (minutes: number) => `没有信号时先记在手机里，${minutes}分钟内连上网就补记。`,
      source: (source: string) => `依据：${source}`,
      noSource: '方案没有规定这些数字，现用平台的默认值。',
    },
    trouble: {
      signedOut: () => '登录已过期，这里的时间暂不计入。重新登录后，没有送出的会补上。',
      stopped: () => '这个页面打开太久了，时间暂不计入。请刷新一下再学。',
      elsewhere: () => '您在另一个页面也打开了课程，这里的时间暂不计入。在这里动一动，就从这里接着算。',
      offline: ({ lateMinutes }: Limits) => `没有连上网：时间先记在手机里，${lateMinutes}分钟内连上就补记。`,
      lost: () => '断网太久，有一段时间没能记上。',
      fast: ({ fullSpeed }: Limits) => `播放快于${zhTimes(fullSpeed)}，这一段不计入。调慢一点就接着算。`,
      skipped: () => '跳过没看的部分不计入，回头补看就行。',
      idle: () => '有一会儿没有动静，计时先停下了。滑一下屏幕就接着算。',
    } satisfies Record<Trouble, (limits: Limits) => string>,
    missing: '这一课还没有学完',
    missingTime: (minutes: number) => `还差${minutes}分钟学习时间。接着看课文，时间够了自动记为学完，不用再答题。`,
    missingMedia: (title: string, percent: number, needed: number) => `《${title}》播放了${percent}%，要到${needed}%。`,
    noScript: (minutes: number) =>
      `您的浏览器没有运行脚本。从打开本页到提交的时间算作学习时间，一次最多${minutes}分钟。`,
    noScriptMedia: '本课的视频或录音要在能运行脚本的浏览器里播放，才能计入。',
  },
  {
    time: (minutes: number, needed: number) => `${minutes} min of study, ${needed} needed`,
    timeGiven: 'Study time complete',
    done: 'Done',
    how: 'How time counts',
    rules: {
      active: (idleMinutes: number) =>
        `Time counts while this page is in view and in use; after ${idleMinutes} minutes without a sign of you it waits, and goes on when you do.`,
      once: 'Several pages or phones open at once count as one.',
      media: (percent: number, speed: number) =>
        `Videos and recordings must really play, ${percent}% of them; skipped parts do not count, up to ${enTimes(speed)} everything does, faster nothing.`,
      late: (minutes: number) =>
        `Without a signal time is kept on your phone and added once you are back within ${minutes} minutes.`,
      source: (source: string) => `Source: ${source}`,
      noSource: 'The plan names no such figures; these are the product’s own.',
    },
    trouble: {
      signedOut: () =>
        'Your sign-in has run out, so time here does not count. Sign in again and what was not sent is added.',
      stopped: () => 'This page has been open too long, so time here does not count. Please reload it.',
      elsewhere: () =>
        'You have a course open on another page too, so time here does not count now. Move on this page and it counts here again.',
      offline: ({ lateMinutes }: Limits) =>
        `No connection: time is kept on your phone and added once you are back within ${lateMinutes} minutes.`,
      lost: () => 'You were out of reach for too long: some time could not be added.',
      fast: ({ fullSpeed }: Limits) => `Faster than ${enTimes(fullSpeed)} does not count. Slow down and it does again.`,
      skipped: () => 'What you skipped does not count; go back and play it when you like.',
      idle: () => 'There was no sign of you for a while, so time waits. Scroll a little and it goes on.',
    } satisfies Record<Trouble, (limits: Limits) => string>,
    missing: 'This lesson is not finished yet',
    missingTime: (minutes: number) =>
      `${minutes} minute${s(minutes)} of study to go. Read on: when the time is complete the lesson is done, without answering again.`,
    missingMedia: (title: string, percent: number, needed: number) =>
      `“${title}”: ${percent}% played, ${needed}% needed.`,
    noScript: (minutes: number) =>
      `Your browser runs no scripts. The time from opening this page to sending it counts as study, up to ${minutes} minute${s(minutes)} each time.`,
    noScriptMedia: 'The video or recording of this lesson counts only where scripts run.',
  },
)
