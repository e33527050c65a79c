import { defineWords } from '#app/lib/i18n.ts'

/** The design system's own words. Everything else is passed in by the page. */
export const words = defineWords(
  {
    skip: '跳到正文',
    loading: '正在打开页面',
    sending: '正在提交',
    mainNavigation: '主导航',
    crumbs: '当前位置',
    back: '返回',
    pages: '分页',
    previousPage: '上一页',
    nextPage: '下一页',
    sortBy: (column: string) => `按${column}排序`,
    errors: (count: number) => `有${count}处需要改，已填的都还在`,
    optional: '选填',
    done: '已完成',
    now: '进行中',
    display: {
      title: '显示与语言',
      elder: '长辈版',
      standard: '标准版',
      language: '语言',
      otherLanguage: 'English',
      otherLanguageShort: 'EN',
      theme: '明暗',
      system: '跟随系统',
      light: '浅色',
      dark: '深色',
    },
    error: {
      requestNumber: (id: string) => `请求编号：${id}`,
      home: '回到首页',
      retry: '再试一次',
      badRequest: {
        title: '这个请求看不懂',
        text: '地址或提交的内容不完整，什么也没有改动。请回到上一页，检查后再试。',
      },
      forbidden: {
        title: '这一步没有通过检查',
        text: '请求没有通过安全检查或超出了您的权限，什么也没有改动。请回到上一页，刷新后再试。',
      },
      notFound: {
        title: '没有找到这个页面',
        text: '地址可能写错了，内容可能已经撤下，也可能不在您的权限之内。您的数据没有变化。',
      },
      tooLarge: {
        title: '提交的内容太大',
        text: '内容超过了上限，没有保存。请减少内容或分几次提交。',
      },
      tooMany: {
        title: '操作太频繁',
        text: '为了安全，请等几分钟再试。已保存的内容不受影响。',
      },
      unavailable: {
        title: '系统正在维护',
        text: '已保存的内容都在。请过几分钟再打开这个页面。',
      },
      offline: {
        title: '网络断了，页面没有打开',
        text: '刚才提交的内容可能没有送到，已保存的都在。请检查网络，再试一次。',
      },
      failed: {
        title: '系统出了问题',
        text: '不是您的操作有误。已保存的内容都在；刚才提交的可能没有保存，请回到上一页看一看，再试一次。仍不行，请把请求编号告诉管理员。',
      },
    },
  },
  {
    skip: 'Skip to the content',
    loading: 'Opening the page',
    sending: 'Sending',
    mainNavigation: 'Main',
    crumbs: 'You are here',
    back: 'Back',
    pages: 'Pages',
    previousPage: 'Previous',
    nextPage: 'Next',
    sortBy: (column) => `Sort by ${column}`,
    errors: (count) => `${count} ${count === 1 ? 'thing needs' : 'things need'} a change; what you typed is still here`,
    optional: 'optional',
    done: 'done',
    now: 'in progress',
    display: {
      title: 'Display and language',
      elder: 'Large',
      standard: 'Normal',
      language: 'Language',
      otherLanguage: '中文',
      otherLanguageShort: '中文',
      theme: 'Theme',
      system: 'System',
      light: 'Light',
      dark: 'Dark',
    },
    error: {
      requestNumber: (id) => `Request number: ${id}`,
      home: 'Go to the home page',
      retry: 'Try again',
      badRequest: {
        title: 'We could not read this request',
        text: 'The address or what was sent is incomplete. Nothing was changed. Go back, check it and try again.',
      },
      forbidden: {
        title: 'This step did not pass the check',
        text: 'The request failed a security check or is beyond your role. Nothing was changed. Go back, reload the page and try again.',
      },
      notFound: {
        title: 'We could not find this page',
        text: 'The address may be wrong, the page may be gone, or it may not be open to your role. Your data is unchanged.',
      },
      tooLarge: {
        title: 'That was too large',
        text: 'It is over the limit and was not saved. Send less, or send it in parts.',
      },
      tooMany: {
        title: 'Too many attempts',
        text: 'To keep accounts safe, please wait a few minutes. What you saved is not affected.',
      },
      unavailable: {
        title: 'The system is being maintained',
        text: 'Everything saved is still there. Open this page again in a few minutes.',
      },
      offline: {
        title: 'The network is down; the page did not open',
        text: 'What you just sent may not have arrived; everything saved is still there. Check the network and try again.',
      },
      failed: {
        title: 'Something went wrong on our side',
        text: 'It is nothing you did. Everything saved is still there; what you just sent may not be saved, so go back, look, and try again. If it fails again, give the request number to your administrator.',
      },
    },
  },
)
