import { describe, expect, test } from '@jest/globals';
import { normaliseAddress, readCorrection, readDangers, readYesNo } from '#nlu';

describe('yes and no', () => {
  test.each(
    '对 是的 嗯 没错 就是 好 行 可以 OK 中 要得 得 係 确认 没问题 1 对对对 是的没错 好的谢谢 👌 好吧 没错的 可以啊 嗯，是这个地址 发吧 麻烦快点 嗯，麻烦快点 请尽快 麻烦您了请尽快 行行行 仍要报修 好了'.split(
      ' ',
    ),
  )('%s is yes', (text) => expect(readYesNo(text)).toBe('yes'));

  test.each(
    '不 不是 不对 错了 没有 不用 不要 唔係 莫得 不方便 不对不对 不用了谢谢 没 不可以 勿是 电话不给 手机没有 不便透露 隐私不便透露 没电话 俺没电话 不留 不用留 电话就算了吧'.split(
      ' ',
    ),
  )('%s is no', (text) => expect(readYesNo(text)).toBe('no'));

  test.each([
    '没有没电',
    '不是12栋是21栋',
    '对吗',
    '是停电了',
    '',
    '哦',
    '我家昨晚停电了',
    '是不是停电了',
    '地址不对',
    '电话不对',
    '不用谢',
    '谢谢',
    '我要报修',
    '不对不对，是8888',
    '确认，电话改13900002222',
  ])('«%s» is neither', (text) => expect(readYesNo(text)).toBeUndefined());
});

describe('corrections', () => {
  test.each([
    ['不是12栋是21栋', { wrong: '12栋', right: '21栋' }],
    ['是21栋不是12栋', { wrong: '12栋', right: '21栋' }],
    ['12栋改成21栋', { wrong: '12栋', right: '21栋' }],
    ['把地址改成文二路12号', { right: '文二路12号', slot: 'address' }],
    ['电话错了，应该是13900000025', { right: '13900000025', slot: 'phone' }],
    ['电话打错了，13900000025', { right: '13900000025', slot: 'phone' }],
    ['打错了 是3单元', { right: '3单元' }],
    ['單元錯了，是2單元', { right: '2單元', slot: 'address' }],
    ['最后两位是12', { right: '12', part: { position: 'last', count: 2 } }],
    ['尾号不是17是71', { wrong: '17', right: '71', part: { position: 'last', count: 2 } }],
    ['后四位是0018', { right: '0018', part: { position: 'last', count: 4 } }],
    ['前三位是一三九', { right: '139', part: { position: 'first', count: 3 } }],
    ['中间四位是1234', { right: '1234', part: { position: 'middle', count: 4 } }],
    ['不是昨晚八点，是九点', { wrong: '昨晚八点', right: '九点' }],
    ['不是李女士，是黎女士', { wrong: '李女士', right: '黎女士' }],
    ['不是李，是黎', { wrong: '李', right: '黎', slot: 'name' }],
    ['不姓李，姓黎', { wrong: '李', right: '黎', slot: 'name' }],
    ['名字是黎敏', { right: '黎敏', slot: 'name' }],
    ['好的，不过地址是72号', { right: '72号', slot: 'address' }],
    ['嗯不对，门牌是78号', { right: '78号', slot: 'address' }],
    ['确认，地址是18号', { right: '18号', slot: 'address' }],
    ['确认，电话改13900002222', { right: '13900002222', slot: 'phone' }],
    ['电话是13912345678谢谢师傅', { right: '13912345678', slot: 'phone' }],
    ['房号应该是302', { right: '302', slot: 'address' }],
    ['地址没写全，是3幢2单元201', { right: '3幢2单元201', slot: 'address' }],
    ['地址少写了，2单元', { right: '2单元', slot: 'address' }],
    ['时间是昨天下午三点', { right: '昨天下午三点', slot: 'time' }],
    ['不是昨晚，是今早八点', { wrong: '昨晚', right: '今早八点' }],
    ['不对，是两点', { right: '两点' }],
    ['不是三个小时是五个小时', { wrong: '三个小时', right: '五个小时' }],
    ['对，但是电话最后是9', { right: '9', part: { position: 'last', count: 1 }, slot: 'phone' }],
  ])('%s', (text, correction) => expect(readCorrection(text)).toEqual(correction));

  test.each([
    '不是我不想交，是没钱',
    '我家停电了',
    '是不是停电了',
    '',
    '地址是哪里',
    '没错，地址就是这个',
    '我家没电了，地址是文三路199号',
  ])('«%s» corrects nothing', (text) => expect(readCorrection(text)).toBeUndefined());
});

describe('dangers', () => {
  const kinds = (text: string) => readDangers(text).map(({ kind }) => kind);

  test.each([
    ['电线掉下来了', 'fallen_wire'],
    ['线断了挂在树上', 'fallen_wire'],
    ['电线拖在地上', 'fallen_wire'],
    ['地上有一根电线', 'fallen_wire'],
    ['有人触电了', 'shock'],
    ['觸電', 'shock'],
    ['麻了一下', 'shock'],
    ['变台着火了', 'fire'],
    ['着货了快来', 'fire'],
    ['烧起来了', 'fire'],
    ['变压器在冒烟', 'smoke'],
    ['冒菸', 'smoke'],
    ['一股焦糊味', 'smoke'],
    ['一直打火花', 'sparks'],
    ['水龙头漏电', 'leak'],
    ['配电房进水了', 'flood'],
    ['水淹到插座了', 'flood'],
    ['电梯困住人了', 'trapped'],
    ['家里有呼吸机', 'medical'],
    ['电梯停了，里面困了人，古墩路126号', 'trapped'],
    ['里面困着两个老人', 'trapped'],
    ['我被关电梯里了', 'trapped'],
    ['洗衣机电了我一下', 'shock'],
    ['邻居触电了快来', 'shock'],
  ])('%s', (text, kind) => expect(kinds(text)).toContain(kind));

  test.each([
    '没有冒烟',
    '没着火',
    '没有人触电',
    '电线没断',
    '会不会着火',
    '老板发火了',
    '在火车站',
    '烟酒店',
    '触电影视',
    '电费高得冒烟',
    '我气得冒烟',
    '燃气灶打不着火',
    '邻居绕过电表用电',
    '网线断了',
    '来电了我家',
    '停电了我家老人',
    '有电了我家还是黑的',
    '别人家都有电了我家还是黑的，学院路16号3幢201',
    '停电到现在我家还没来',
    '刚停电了他们说',
    '来电人表示满意',
    '电梯里没有人',
    '停电了大家很困难',
  ])('%s is no danger', (text) => expect(kinds(text)).toEqual([]));

  test('the words are the customer’s own', () => {
    expect(readDangers('變壓器冒煙')).toEqual([{ kind: 'smoke', words: '冒煙' }]);
  });
});

describe('addresses compared', () => {
  const key = '文三路199号2栋1单元301';
  test.each([
    '浙江省杭州市西湖区文三路199号2幢1单元301室',
    '文三路１９９号二栋一单元３０１',
    '我家在西湖区文三路199号2号楼1单元301',
    '文三路199号2-1-301',
    '西湖區文三路199號，2棟1單元301房',
  ])('%s', (text) => expect(normaliseAddress(text)).toBe(key));

  test('rural groups', () => {
    expect(normaliseAddress('李家湾村三组12号')).toBe(normaliseAddress('李家湾村3组 12号'));
  });
});
