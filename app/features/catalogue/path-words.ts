import { defineWords } from '#app/lib/i18n.ts'

const s = (n: number) => (n === 1 ? '' : 's')

/** The way from a course by way of a practical class to the assessment. */
export const pathWords = defineWords(
  {
    title: '学习路径',
    lead: '选一个职业（工种），看从哪里学起：先学线上课程，再参加实操班，最后考核取证。',
    counts: (courses: number, classes: number) =>
      [courses > 0 && `${courses}门线上课程`, classes > 0 && `${classes}个班`].filter(Boolean).join('，'),
    empty: '课程和培训班发布后，会按职业列在这里。',
    toCatalogue: '看全部课程和培训班',
    of: (name: string) => `${name}：学习路径`,
    about: (name: string) => `${name}从哪里学起：按技能等级列出线上课程、实操班和考核取证的步骤。`,
    ofLead: '课程 → 实操班 → 考核。一步一步来，已有基础的可以直接报实操班。',
    all: '全部职业',
    noLevel: '不分等级',
    nothing: '这个职业目前没有课程和培训班。',
    step: (n: number) => `第${n}步`,
    learn: '学线上课程',
    practise: '参加实操班',
    assess: '考核取证',
    done: '已完成',
    now: '下一步',
    inOrder: '请按顺序学：前面的学完，后面的才能报名。',
    noCourse: '这一级还没有线上课程，可以直接报实操班。',
    noClass: '目前没有可以报名的班。可以先学课程，过几天再来看。',
    allClasses: (n: number) => `看全部${n}个班`,
    assessText: '学时达标后，由开班的学院安排考核，时间由班主任通知。理论和实操分开考，各60分合格。',
    earns: (level: string) => `合格后可取得${level}的证书。`,
    earnsAny: '合格后取得相应证书。',
    myCertificates: '看我的证书',
    seePath: '学习路径：课程 → 实操班 → 考核',
    seePathOf: (name: string) => `${name}的学习路径：课程 → 实操班 → 考核`,
  },
  {
    title: 'Learning paths',
    lead: 'Choose an occupation and see where to begin: online courses first, then a practical class, then the assessment.',
    counts: (courses, classes) =>
      [
        courses > 0 && `${courses} online course${s(courses)}`,
        classes > 0 && `${classes} class${classes === 1 ? '' : 'es'}`,
      ]
        .filter(Boolean)
        .join(', '),
    empty: 'Courses and classes appear here by occupation once they are published.',
    toCatalogue: 'See all courses and classes',
    of: (name) => `${name}: learning path`,
    about: (name) => `Where to begin as ${name}: the online courses, practical classes and assessment, level by level.`,
    ofLead: 'Course → practical class → assessment. Step by step; who knows the trade may go straight to the class.',
    all: 'All occupations',
    noLevel: 'No level in particular',
    nothing: 'There are no courses and classes for this occupation now.',
    step: (n) => `Step ${n}`,
    learn: 'Online courses',
    practise: 'Practical class',
    assess: 'Assessment and certificate',
    done: 'Done',
    now: 'Next',
    inOrder: 'Take them in this order: one can join the later ones once the earlier are finished.',
    noCourse: 'There is no online course for this level yet; join a practical class directly.',
    noClass: 'No class is open now. Begin with the course and look again in a few days.',
    allClasses: (n) => `See all ${n} classes`,
    assessText:
      'Once your hours are credited, the academy that runs the class arranges the assessment; the class head tells you when. Theory and practice are scored apart, 60 points pass each.',
    earns: (level) => `Who passes can receive the certificate of ${level}.`,
    earnsAny: 'Who passes receives the certificate of the class.',
    myCertificates: 'See my certificates',
    seePath: 'Learning path: course → practical class → assessment',
    seePathOf: (name) => `Learning path of ${name}: course → practical class → assessment`,
  },
)
